/**
 * The tools that assistants are offered, in the editor and by the server alike: name, what it is for, what it takes, and the
 * answer. `package.json` says the same of them to the editor; a test keeps both equal.
 */
import * as v from 'valibot'
import { checkDerivation, differentiate, explainStep, QuestionError } from './answers'

const text = v.pipe(v.string(), v.nonEmpty())
const language = v.optional(v.string())
const values = v.optional(v.record(v.string(), v.pipe(v.number(), v.finite())))

const TEXT = {
  type: 'string',
  description:
    'A Markdown note with formulas ($…$, $$…$$ or plain lines such as z = t^2), or code. Definitions first, then what is claimed of them.',
} as const
const LANGUAGE = {
  type: 'string',
  description: 'markdown (the default), or the identifier of a programming language that is read, such as typescript',
} as const
const VALUES = {
  type: 'object',
  additionalProperties: { type: 'number' },
  description: 'Values of inputs: {"x": 0.5, "y": 2}',
} as const

export interface Tool {
  readonly name: string
  readonly title: string
  /** What it does and when to call it, for the assistant. */
  readonly description: string
  /** JSON Schema of what it takes. */
  readonly inputSchema: Readonly<Record<string, unknown>>
  /** The answer, as Markdown. @throws {QuestionError} where what was given can't be answered; the message says what to do */
  answer(input: unknown): string
}

/** A tool whose input has been verified before it is answered. */
function tool<T>(
  described: Omit<Tool, 'answer'>,
  schema: v.GenericSchema<unknown, T>,
  answer: (input: T) => string,
): Tool {
  return {
    ...described,
    answer(input) {
      const parsed = v.safeParse(schema, input)
      if (parsed.success) return answer(parsed.output)
      const [issue] = parsed.issues
      throw new QuestionError(`${v.getDotPath(issue) ?? 'input'}: ${issue.message}`)
    },
  }
}

const inputSchema = (properties: Readonly<Record<string, unknown>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

export const TOOLS: readonly Tool[] = [
  tool(
    {
      name: 'gradlens_differentiate',
      title: 'Differentiate',
      description:
        'Gradients of formulas or code by reverse-mode differentiation: the chain rule written out for each input, in symbols and, where values are given, in numbers. Call it instead of differentiating by hand.',
      inputSchema: inputSchema(
        {
          text: TEXT,
          languageId: LANGUAGE,
          of: { type: 'string', description: 'The name whose gradients are asked for; all outputs unless given' },
          at: VALUES,
        },
        ['text'],
      ),
    },
    v.strictObject({ text, languageId: language, of: v.optional(v.string()), at: values }),
    differentiate,
  ),
  tool(
    {
      name: 'gradlens_check_derivation',
      title: 'Check a derivation',
      description:
        'Judges each step of a written derivation, or a hand-written gradient in code: holds, fails (with numbers that show it, the slip it looks like and the right expression), or unknown. Call it on every derivation that you write before you show it.',
      inputSchema: inputSchema({ text: TEXT, languageId: LANGUAGE }, ['text']),
    },
    v.strictObject({ text, languageId: language }),
    checkDerivation,
  ),
  tool(
    {
      name: 'gradlens_explain_step',
      title: 'Explain a step',
      description:
        'What stands behind one expression of a text: its value, its local derivatives, the gradient that comes back to it with the chain rule, and the rule in words.',
      inputSchema: inputSchema(
        {
          text: TEXT,
          languageId: LANGUAGE,
          part: { type: 'string', description: 'A name or an expression, as it is written in the text' },
          at: VALUES,
        },
        ['text', 'part'],
      ),
    },
    v.strictObject({ text, languageId: language, part: text, at: values }),
    explainStep,
  ),
]
