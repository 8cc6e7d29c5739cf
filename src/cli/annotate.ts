/** `gradlens annotate`: the note with its annotations brought up to date. */

import { analyzeMarkdown } from '../analysis'
import { annotatedRegions, outermostBlocks } from '../reading/annotated'
import { positionsOf } from '../report/positions'
import { applyEdits, type NoteReader, planAnnotation } from '../writing/annotation'
import type { Environment } from './environment'
import type { Options } from './options'
import { forEachFile } from './sources'

const reader: NoteReader = {
  regions: annotatedRegions,
  blocks: outermostBlocks,
  analyze: (text) => analyzeMarkdown(text),
}

/** Gives the exit status: 2 where a note was left as it is because of what someone wrote into it. */
export async function annotate(options: Options, environment: Environment): Promise<number> {
  const good = await forEachFile(options, environment, async ({ file, text, language }) => {
    if (language !== 'markdown') throw new Error('only notes can be annotated')
    const plan = planAnnotation(text, reader)
    const line = (offset: number) => positionsOf(text).at(offset).line + 1
    const broken = plan.broken[0]
    if (broken) throw new Error(`line ${line(broken.start)}: an annotation comment without its counterpart`)
    const edited = plan.handEdited[0]
    if (edited && !options.force) {
      throw new Error(`line ${line(edited.start)}: the annotation was edited by hand; --force replaces it`)
    }
    const annotated = applyEdits(text, plan.edits)
    if (!options.write || file === '-') environment.out(annotated)
    else if (annotated !== text) await environment.write(file, annotated)
  })
  return good ? 0 : 2
}
