/** Threads that check files side by side. The program is one file, which every thread runs again; see `main.ts`. */
import { Worker } from 'node:worker_threads'
import { type Checked, type CheckTask, checkText } from './checkFile'

export interface Pool {
  check(task: CheckTask): Promise<Checked>
  close(): void
}

/** What a thread answers. */
export type Answer = { readonly checked: Checked } | { readonly error: string }

/** Checks in this thread. */
export const noPool: Pool = { check: async (task) => checkText(task), close: () => undefined }

interface Waiting {
  readonly task: CheckTask
  readonly done: (checked: Checked) => void
  readonly failed: (error: Error) => void
}

/** A pool of `size` threads of this program. */
export function openPool(size: number): Pool {
  const queue: Waiting[] = []
  const idle: Worker[] = []
  const all = new Set<Worker>()

  const next = (worker: Worker) => {
    const waiting = queue.shift()
    if (!waiting) {
      idle.push(worker)
      return
    }
    const onMessage = (answer: Answer) => {
      worker.off('error', onError)
      if ('checked' in answer) waiting.done(answer.checked)
      else waiting.failed(new Error(answer.error))
      next(worker)
    }
    const onError = (error: Error) => {
      worker.off('message', onMessage)
      all.delete(worker)
      waiting.failed(error)
      next(start())
    }
    // Only these two are taken off again: a worker hears its thread through listeners of its own.
    worker.once('message', onMessage)
    worker.once('error', onError)
    worker.postMessage(waiting.task)
  }
  const start = () => {
    const worker = new Worker(__filename)
    all.add(worker)
    return worker
  }
  return {
    check: (task) =>
      new Promise((done, failed) => {
        queue.push({ task, done, failed })
        const worker = idle.pop() ?? (all.size < size ? start() : undefined)
        if (worker) next(worker)
      }),
    close: () => {
      for (const worker of all) void worker.terminate()
    },
  }
}
