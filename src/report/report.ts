/** The report of one document, as `contract.ts` promises it to other programs. */
import type { Analysis, Derivation, JudgedClaim, JudgedPair, Nested } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { shownSize } from '../graph/sizes'
import { openFindings } from '../judging/ignored'
import { operation } from '../operations/index'
import type { Tensor } from '../operations/operation'
import { localMapsOf } from '../writing/explanation'
import { expressionLatex, latexOf } from '../writing/latex'
import { type TextNames, textOf } from '../writing/text'
import type {
  Report,
  ReportClaim,
  ReportCounterexample,
  ReportDerivation,
  ReportFormula,
  ReportGradient,
  ReportLocal,
  ReportNumber,
  ReportPair,
  ReportRange,
  ReportStep,
  ReportValue,
} from './contract'
import { namesIn } from './names'
import { type Positions, positionsIn } from './positions'

type RangeOf = (span: { start: number; end: number }) => ReportRange

/**
 * The whole report.
 * @param judged claims and pairs are judged and listed; else they are left empty
 */
export function reportOf(
  file: string,
  analysis: Analysis,
  derivations: readonly Derivation[],
  judged: boolean,
): Report {
  const positions = positionsIn(analysis)
  const range: RangeOf = (span) => positions.range(span)
  return {
    version: 1,
    file,
    derivations: derivations.map((derivation) => derivationJson(derivation, analysis, positions)),
    claims: judged ? analysis.claims().map((claim) => claimJson(claim, range)) : [],
    pairs: judged ? analysis.pairs().map((pair) => pairJson(pair, range)) : [],
    formulas: analysis.formulas,
    unread: analysis.unread.map((unread) => ({ range: range(unread.range), reason: unread.reason })),
    diagnostics: openFindings(analysis).map(({ severity, code, message, ...finding }) => ({
      range: range(finding.range),
      severity,
      code,
      message,
    })),
  }
}

function derivationJson(derivation: Derivation, analysis: Analysis, positions: Positions): ReportDerivation {
  const { graph, upstream } = derivation
  const names = namesIn(derivation)
  const name = (id: NodeId) => names.get(id) ?? null
  const where = derivation.sources.map((source) => analysis.locate(source)).filter((span) => span !== null)
  const whole = {
    start: Math.min(...where.map((span) => span.start)),
    end: Math.max(...where.map((span) => span.end)),
  }
  return {
    range: where.length > 0 ? positions.range(whole) : null,
    output: {
      // A function has the name by which it is called, even where a function of the text form is called so.
      name:
        analysis.language !== 'markdown'
          ? derivation.name.plain
          : (names.get(derivation.output) ?? derivation.name.key),
      latex: derivation.name.latex,
      node: derivation.output,
    },
    upstream: upstream && {
      name: name(upstream.node) ?? upstream.name.key,
      latex: upstream.name.latex,
      value: valueJson(derivation.value(upstream.node)),
    },
    value: valueJson(derivation.value(derivation.output)),
    inputs: derivation.inputs.map((id) => ({
      name: name(id),
      latex: graph.nodes[id]?.name?.latex ?? latexOf(graph, id),
      node: id,
      value: valueJson(derivation.value(id)),
    })),
    nodes: derivation.written.map((id) => {
      const node = graph.nodes[id] as GraphNode
      const span = node.source && analysis.locate(node.source)
      const named = name(id)
      return {
        id,
        op: operation(node.op)?.reportedAs ?? node.op,
        inputs: node.inputs,
        ...(named === null ? {} : { name: named }),
        latex: expressionLatex(graph, id),
        shape: node.shape?.map((size) => shownSize(graph.sizes, size)) ?? null,
        range: span ? positions.range(span) : null,
        value: valueJson(derivation.value(id)),
        attributes: node.attributes,
        local: localsJson(derivation, node, names),
        gradient: gradientJson(derivation, id, names),
      }
    }),
  }
}

function localsJson(derivation: Derivation, node: GraphNode, names: TextNames): ReportLocal[] {
  const locals = derivation.local(node.id)
  const maps = localMapsOf(derivation.graph, node.id)
  return node.inputs.map((input, i) => {
    const local = locals[i] ?? null
    if (local !== null) return { input, ...formulaJson(derivation, local, names) }
    if (maps[i]) return { input, latex: maps[i], text: null, value: null }
    // Nobody asks for the derivative with respect to a written number; and nothing flows back through a condition.
    const isConstant = derivation.graph.nodes[input]?.op === 'constant'
    return isConstant ? { input, latex: null, text: null, value: null } : { input, latex: '0', text: '0', value: 0 }
  })
}

function gradientJson(derivation: Derivation, id: NodeId, names: TextNames): ReportGradient | null {
  const gradient = derivation.gradient(id)
  if (!gradient) return null
  const formula = formulaJson(derivation, gradient.node, names)
  if (gradient.called === null) return formula
  // The gradients of its inputs are written with this name.
  return { name: textOf(derivation.graph, gradient.called, names), ...formula }
}

function formulaJson(derivation: Derivation, id: NodeId, names: TextNames): ReportFormula {
  return {
    latex: latexOf(derivation.graph, id),
    text: textOf(derivation.graph, id, names),
    value: valueJson(derivation.value(id)),
  }
}

function claimJson(claim: JudgedClaim, range: RangeOf): ReportClaim {
  return {
    range: range(claim.range),
    latex: claim.latex,
    steps: claim.steps.map((step) => ({
      range: range(step.range),
      latex: step.latex,
      verdict: step.verdict,
      ...(step.reason === null ? {} : { reason: step.reason }),
      ...(step.counterexample === null ? {} : { counterexample: counterexampleJson(step.counterexample) }),
      ...thinJson(step, range),
    })),
  }
}

/** A difference that is no alarm, with the definition that it differs from. */
function thinJson({ verdict, hint, related }: JudgedClaim['steps'][number], range: RangeOf): Pick<ReportStep, 'hint'> {
  const [against] = related
  return verdict === 'unknown' && hint !== null && against
    ? { hint: { message: hint, range: range(against.range) } }
    : {}
}

function pairJson(pair: JudgedPair, range: RangeOf): ReportPair {
  return {
    function: { name: pair.function.name, range: range(pair.function.range) },
    derivative: { name: pair.derivative.name, range: range(pair.derivative.range) },
    wrt: pair.wrt,
    verdict: pair.verdict,
    convention: pair.convention,
    ...(pair.reason === null ? {} : { reason: pair.reason }),
    ...(pair.counterexample === null ? {} : { counterexample: counterexampleJson(pair.counterexample) }),
  }
}

function counterexampleJson({
  at,
  arrays,
  sizes,
  entry,
  written,
  expected,
}: NonNullable<JudgedPair['counterexample']>): ReportCounterexample {
  return {
    ...(sizes && { sizes }),
    ...(entry && { entry }),
    at: Object.fromEntries(Object.entries({ ...at, ...arrays }).map(([name, value]) => [name, nestedJson(value)])),
    written: numberJson(written),
    expected: numberJson(expected),
  }
}

const nestedJson = (value: Nested): ReportValue =>
  typeof value === 'number' ? numberJson(value) : value.map(nestedJson)

/** JSON has no infinities. */
const numberJson = (value: number): ReportNumber => (Number.isFinite(value) ? value : (String(value) as ReportNumber))

function valueJson(tensor: Tensor | null): ReportValue | null {
  if (!tensor) return null
  const nest = (axis: number, from: number): ReportValue => {
    if (axis === tensor.shape.length) return numberJson(tensor.data[from] ?? Number.NaN)
    const size = tensor.shape[axis] ?? 0
    const stride = tensor.shape.slice(axis + 1).reduce((product, length) => product * length, 1)
    return Array.from({ length: size }, (_, i) => nest(axis + 1, from + i * stride))
  }
  return nest(0, 0)
}
