/** Threads that check files side by side. The program is one file, which every thread runs again; see `main.ts`. */
import { pool, worker } from 'workerpool'
import { type Checked, type CheckTask, checkText } from './checkFile'

export interface Pool {
  check(task: CheckTask): Promise<Checked>
  close(): void
}

/** Checks in this thread. */
export const noPool: Pool = { check: async (task) => checkText(task), close: () => undefined }

/** A pool of at most `size` threads of this program. */
export function openPool(size: number): Pool {
  const threads = pool(__filename, { workerType: 'thread', maxWorkers: size })
  return {
    check: async (task) => threads.exec('check', [task]),
    close: () => void threads.terminate(true),
  }
}

/** What a thread of the pool does: it checks what it is given, until the pool is closed. */
export const serve = (): void => worker({ check: checkText })
