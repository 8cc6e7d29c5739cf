/** `gradlens graph`: the derivations of each file in the format that was asked for. */
import type { Analysis, Derivation } from '../derivation'
import { derivationSvg, derivationTikz } from '../drawing/draw'
import { pdfFile } from '../drawing/pdf'
import { reportOf } from '../report/report'
import { unknownInputs, withValues } from '../report/values'
import { derivationLatex } from '../writing/annotationBlock'
import { dotOf } from '../writing/dot'
import { mermaidOf } from '../writing/mermaid'
import { programsOf } from '../writing/program'
import type { Environment } from './environment'
import type { Options } from './options'
import { forEachFile, type Source } from './sources'
import { derivationText } from './text'

/** Gives the exit status. */
export async function graph(options: Options, environment: Environment): Promise<number> {
  const good = await forEachFile(options, environment, async (source) => {
    const analysis = source.analyze()
    const derivations = derivationsOf(analysis, options)
    for (const name of unknownInputs(derivations, options.at))
      environment.error(`gradlens: ${source.file}: no input is called '${name}'\n`)
    if (options.format === 'json') {
      environment.out(`${JSON.stringify(reportOf(source.file, analysis, derivations, false))}\n`)
      return
    }
    if (options.format === 'typescript' || options.format === 'python') {
      const program = programsOf(derivations, options.format)
      if (program !== '') environment.out(program)
      else environment.error(`gradlens: ${source.file}: no derivation that can be written as code\n`)
      return
    }
    if (options.format === 'pdf' && derivations.length > 0) {
      const drawings = await Promise.all(derivations.map((derivation) => derivationSvg(derivation)))
      environment.out(pdfFile(drawings))
      return
    }
    const parts: string[] = []
    for (const derivation of derivations) parts.push(await written(derivation, analysis, source, options, environment))
    if (parts.length > 0) environment.out(`${parts.join('\n\n')}\n`)
    else environment.error(`gradlens: ${source.file}: no derivation found\n`)
  })
  return good ? 0 : 2
}

function derivationsOf(analysis: Analysis, options: Options): Derivation[] {
  const derivations = [...analysis.derivations]
  for (const name of options.outputs) {
    const found = analysis.derivationOf(name)
    if (!found) throw new Error(`nothing is called '${name}'`)
    if (!derivations.some((known) => known.key === found.key)) derivations.push(found)
  }
  return derivations.map((derivation) => withValues(derivation, options.at))
}

async function written(
  derivation: Derivation,
  analysis: Analysis,
  source: Source,
  options: Options,
  environment: Environment,
): Promise<string> {
  if (options.format === 'latex') return derivationLatex(derivation)
  if (options.format === 'mermaid') return mermaidOf(derivation)
  if (options.format === 'dot') return dotOf(derivation)
  if (options.format === 'tikz') return derivationTikz(derivation)
  if (options.format === 'svg') return derivationSvg(derivation)
  return derivationText(derivation, analysis, source.file, environment.colour)
}
