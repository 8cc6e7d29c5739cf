/** Findings as SARIF 2.1.0, which code hosts show beside the lines. */
import { isAbsolute, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Log, ReportingDescriptor, Result } from 'sarif'
import { version } from '../../package.json'
import type { Analysis, Finding, Severity } from '../derivation'
import { type Positions, positionsIn } from '../report/positions'

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'none',
}

const RULES: Readonly<Record<Finding['code'], string>> = {
  'wrong-step': 'A written step of a derivation is not what the definitions say.',
  'wrong-gradient': 'A hand-written derivative is not the derivative of its function.',
  'shape-mismatch': 'The shapes of two matrices do not fit.',
}

/** The findings of one file. */
export function sarifResults(file: string, analysis: Analysis, findings: readonly Finding[]): Result[] {
  const positions = positionsIn(analysis)
  return findings.map((finding) => resultOf(file, analysis, finding, positions))
}

function resultOf(file: string, { text }: Analysis, finding: Finding, positions: Positions): Result {
  const { cell, start, end } = positions.range(finding.range)
  const line = text.slice(finding.range.start - start.character).split(/\r?\n/, 1)[0] ?? ''
  return {
    ruleId: finding.code,
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: {
            startLine: start.line + 1,
            startColumn: start.character + 1,
            endLine: end.line + 1,
            endColumn: end.character + 1,
          },
        },
        ...(cell === undefined ? {} : { logicalLocations: [{ name: `cell ${cell + 1}` }] }),
      },
    ],
    // The same finding stays the same when lines above it come and go, and when shards are merged.
    partialFingerprints: { 'gradlens/v1': fingerprint(`${finding.code}\n${line.trim()}`) },
  }
}

/** The log of one run. */
export function sarifLog(results: readonly Result[], successful: boolean): Log {
  const rules: ReportingDescriptor[] = Object.entries(RULES).map(([id, text]) => ({
    id,
    shortDescription: { text },
    defaultConfiguration: { level: 'warning' },
  }))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'GradLens', version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: successful }],
        results: [...results],
      },
    ],
  }
}

/** A path as a URI: relative to where the command runs, or of the machine where it is absolute. */
export function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href
  return file.split(sep).join('/').replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/')
}

function fingerprint(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 2654435761)
    low = Math.imul(low ^ text.charCodeAt(i), 1597334677)
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
