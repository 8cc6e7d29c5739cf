/**
 * The core language: what every language of code is lowered to, and the only thing that the machine runs. Its kinds say
 * what code does, not how it is written; what has no kind is `unread`. All spans are offsets in the file.
 */

/** A stretch of a file, `[from, to)`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What may have documentation right above it. */
export interface Documented {
  readonly comment?: Span | null
}

/** An expression. Evaluation goes from left to right, as both languages have it. */
export type Expression =
  | NumberTerm
  | TextTerm
  | TruthTerm
  | NothingTerm
  | NameTerm
  | SelfTerm
  | MemberTerm
  | IndexTerm
  | SliceTerm
  | CallTerm
  | LambdaTerm
  | ListTerm
  | RecordTerm
  | ComprehensionTerm
  | OperationTerm
  | LogicTerm
  | ChooseTerm
  | AssignTerm
  | SequenceTerm
  | ClassTerm
  | UnreadTerm

export interface NumberTerm extends Span {
  readonly kind: 'number'
  readonly value: number
  /** As written. */
  readonly text: string
}
export interface TextTerm extends Span {
  readonly kind: 'text'
  /** `undefined`: only known to be a text. */
  readonly text: string | undefined
  /** What is put into it, in order. */
  readonly parts: readonly Expression[]
  /** What stands before, between and behind the parts; absent where they are put in by a format of their own. */
  readonly between?: readonly string[]
}
export interface TruthTerm extends Span {
  readonly kind: 'truth'
  readonly value: boolean
}
/** `null`, `undefined`, `None`. */
export interface NothingTerm extends Span {
  readonly kind: 'nothing'
}
export interface NameTerm extends Span {
  readonly kind: 'name'
  readonly name: string
}
/** The object of a method where the language has a word for it: `this`; `parent`: `super`. */
export interface SelfTerm extends Span {
  readonly kind: 'self'
  readonly parent: boolean
}
/** `object.key`; `key` as written, with `#` where it is private. */
export interface MemberTerm extends Span {
  readonly kind: 'member'
  readonly object: Expression
  readonly key: string
  readonly keySpan: Span
  /** `?.`: nothing where the object is nothing. */
  readonly optional: boolean
}
/** `object[i]`, in Python also `X[i, 1:3]` with several indices and slices. */
export interface IndexTerm extends Span {
  readonly kind: 'index'
  readonly object: Expression
  readonly indices: readonly Expression[]
  /** Negative indices count from the end. */
  readonly fromEnd: boolean
}
/** `1:3`, `::2` as an index. */
export interface SliceTerm extends Span {
  readonly kind: 'slice'
  readonly start: Expression | null
  readonly stop: Expression | null
  readonly step: Expression | null
}
export interface CallTerm extends Span {
  readonly kind: 'call'
  readonly callee: Expression
  readonly args: readonly Argument[]
  /** `new`: an object is made. Python calls a class instead. */
  readonly makes: boolean
}
export interface Argument {
  readonly value: Expression
  /** `f(*xs)`, `f(...xs)`; `names`: each by its own name, `f(**options)`. */
  readonly spread: boolean | 'names'
  /** `axis` of `sum(x, axis=0)`. */
  readonly keyword: string | null
}
export interface LambdaTerm extends Span {
  readonly kind: 'lambda'
  readonly code: FunctionCode
}
/** A list, or a tuple: what is indexed by numbers. */
export interface ListTerm extends Span {
  readonly kind: 'list'
  readonly items: readonly { readonly value: Expression; readonly spread: boolean }[]
}
/** A record, or a dictionary. */
export interface RecordTerm extends Span {
  readonly kind: 'record'
  readonly entries: readonly RecordEntry[]
}
export interface RecordEntry extends Span, Documented {
  /** `null`: what the value holds is spread into the record. */
  readonly key: string | Expression | null
  readonly keySpan: Span
  readonly value: Expression
}
/** `[x * x for x in xs if x > 0]`: a list of one item for each round that passes the conditions. */
export interface ComprehensionTerm extends Span {
  readonly kind: 'comprehension'
  readonly item: Expression
  readonly clauses: readonly (
    | { readonly kind: 'each'; readonly pattern: Pattern; readonly source: Expression }
    | { readonly kind: 'if'; readonly condition: Expression }
  )[]
}
/** An operator, by its sign: one of `BINARY` between two operands, of `PREFIX` before one. */
export interface OperationTerm extends Span {
  readonly kind: 'operation'
  readonly op: string
  readonly args: readonly Expression[]
  /** Where the operator is written. */
  readonly operator: Span
}
/** `&&`, `||`, `??`: the right side is only looked at where the left one doesn't decide. */
export interface LogicTerm extends Span {
  readonly kind: 'logic'
  readonly op: '&&' | '||' | '??'
  readonly left: Expression
  readonly right: Expression
  readonly operator: Span
}
/** `a ? b : c`, `b if a else c`. */
export interface ChooseTerm extends Span {
  readonly kind: 'choose'
  readonly condition: Expression
  readonly consequent: Expression
  readonly otherwise: Expression
  readonly operator: Span
}
/** `y = x`, `y += x`, `y++`. The place is found once, then read, then written. */
export interface AssignTerm extends Span {
  readonly kind: 'assign'
  readonly target: Pattern
  /** Of `+=`; of `??=` and its like, the operator of `LogicTerm`. */
  readonly op: string | null
  readonly operator: Span
  readonly value: Expression
  /** Whether its own value is the old one: `y++`. */
  readonly yields: 'before' | 'after'
}
export interface SequenceTerm extends Span {
  readonly kind: 'sequence'
  readonly items: readonly Expression[]
}
export interface ClassTerm extends Span {
  readonly kind: 'class'
  readonly code: ClassCode
}
/** What isn't read. Whatever is named in its parts may be changed by it. */
export interface UnreadTerm extends Span {
  readonly kind: 'unread'
  /** In a few words, English, a key of `l10n`. */
  readonly reason: string
  readonly parts: readonly Expression[]
}

/**
 * Signs between two operands. Most are operations of the table; the others are computed where both are known: `%` is what
 * JavaScript means by it, `mod` what Python does.
 */
export const BINARY: ReadonlySet<string> = new Set(
  '+ - * / ** @ < <= > >= == != % mod // | & ^ << >> >>> in notIn instanceof'.split(' '),
)
/** Signs and words before one operand. */
export const PREFIX: ReadonlySet<string> = new Set('- + ! ~ typeof void delete'.split(' '))

/** What is written to: a variable, a part of an object, or a pattern of them. */
export type Pattern = NamePattern | PlacePattern | ListPattern | RecordPattern
export interface NamePattern extends Span {
  readonly kind: 'name'
  readonly name: string
}
export interface PlacePattern extends Span {
  readonly kind: 'place'
  readonly place: MemberTerm | IndexTerm
}
export interface ListPattern extends Span {
  readonly kind: 'listPattern'
  /** `null` leaves an item out. */
  readonly items: readonly (PatternItem | null)[]
}
export interface PatternItem {
  readonly pattern: Pattern
  /** What stands for nothing. */
  readonly fallback: Expression | null
  /** Takes all that is left. */
  readonly rest: boolean
}
export interface RecordPattern extends Span {
  readonly kind: 'recordPattern'
  readonly fields: readonly RecordField[]
}
export interface RecordField extends PatternItem {
  /** `null` with `rest`. */
  readonly key: string | Expression | null
}

export type Statement =
  | LetStatement
  | ExpressionStatement
  | FunctionStatement
  | ClassStatement
  | ImportStatement
  | IfStatement
  | WhileStatement
  | EachStatement
  | SwitchStatement
  | ReturnStatement
  | JumpStatement
  | ThrowStatement
  | TryStatement
  | BlockStatement
  | LabelStatement

/** Declares what a pattern binds. `whole`: for the whole function (`var`, and each name that Python assigns to). */
export interface LetStatement extends Span, Documented {
  readonly kind: 'let'
  readonly pattern: Pattern
  readonly value: Expression | null
  readonly whole: boolean
  /** It can't be assigned to again. */
  readonly fixed: boolean
}
export interface ExpressionStatement extends Span, Documented {
  readonly kind: 'expression'
  readonly value: Expression
}
/** A function that is there before its block begins. */
export interface FunctionStatement extends Span, Documented {
  readonly kind: 'function'
  readonly code: FunctionCode
}
export interface ClassStatement extends Span, Documented {
  readonly kind: 'class'
  readonly code: ClassCode
}
export interface ImportStatement extends Span {
  readonly kind: 'import'
  /** What stands between the quotes, or the dotted name of a module. */
  readonly source: string
  /** `exported` is `null` for the module as a whole. */
  readonly names: readonly { readonly local: string; readonly exported: string | null }[]
}
export interface IfStatement extends Span {
  readonly kind: 'if'
  readonly condition: Expression
  readonly consequent: readonly Statement[]
  readonly otherwise: readonly Statement[] | null
  /** `if (…)`, and the keyword alone. */
  readonly header: Span
  readonly operator: Span
}
/** `for (first; condition; step)`, `while`, `do`. */
export interface WhileStatement extends Span {
  readonly kind: 'while'
  readonly first: readonly Statement[]
  readonly condition: Expression | null
  readonly step: Expression | null
  readonly body: readonly Statement[]
  /** The body comes before the first condition. */
  readonly bodyFirst: boolean
}
/** `for (const x of xs)`; `over: 'keys'` is JavaScript's `in`. */
export interface EachStatement extends Span {
  readonly kind: 'each'
  readonly pattern: Pattern
  /** Each round has variables of its own. */
  readonly declares: boolean
  readonly source: Expression
  readonly over: 'items' | 'keys'
  readonly body: readonly Statement[]
  /** Runs where no `break` ended the loop (Python). */
  readonly otherwise: readonly Statement[] | null
}
export interface SwitchStatement extends Span {
  readonly kind: 'switch'
  readonly subject: Expression
  /** In order; one without `break` goes on in the next. `test` is `null` for the default. */
  readonly cases: readonly (Span & { readonly test: Expression | null; readonly body: readonly Statement[] })[]
}
export interface ReturnStatement extends Span {
  readonly kind: 'return'
  readonly value: Expression | null
}
export interface JumpStatement extends Span {
  readonly kind: 'break' | 'continue'
  readonly label: string | null
}
export interface ThrowStatement extends Span {
  readonly kind: 'throw'
  readonly value: Expression | null
}
export interface TryStatement extends Span {
  readonly kind: 'try'
  readonly body: readonly Statement[]
  /** `null` where nothing is caught. */
  readonly handler: readonly Statement[] | null
  readonly last: readonly Statement[]
}
export interface BlockStatement extends Span {
  readonly kind: 'block'
  readonly body: readonly Statement[]
}
export interface LabelStatement extends Span {
  readonly kind: 'label'
  readonly label: string
  readonly body: Statement
}

/** A function as it is written. */
export interface FunctionCode extends Span {
  readonly name: string | null
  readonly nameSpan: Span | null
  readonly parameters: readonly ParameterCode[]
  readonly body: readonly Statement[]
  /** Its body is one expression, which stands in the only statement of `body`, a return. */
  readonly isExpression: boolean
  /** Where the body stands, for a message. */
  readonly bodySpan: Span
  /** `arrow`: `this` is that of the place where it is written. `plain`: that of the call. */
  readonly form: 'arrow' | 'plain' | 'method' | 'getter' | 'setter'
  /** Why a call of it can't be followed: `async`, `generator`. */
  readonly unfollowed: string | null
  /** What it is said to return, as written. */
  readonly returns: string | null
  /** The first parameter is the object that it is called on: Python's `self`. */
  readonly takesSelf: boolean
}
export interface ParameterCode extends Span {
  readonly pattern: Pattern
  /** As written, without the colon. */
  readonly type: string | null
  readonly fallback: Expression | null
  /** Takes all that is left; `names`: all that is given by names that no other has. */
  readonly rest: boolean | 'names'
  /** May be left out without having a default: `k?: number`. */
  readonly optional: boolean
  /** The argument becomes a field of the same name: `constructor(private k: number)`. */
  readonly field: boolean
}

export interface ClassCode extends Span {
  readonly name: string | null
  readonly nameSpan: Span | null
  readonly base: Expression | null
  readonly members: readonly ClassMember[]
}
export interface ClassMember extends Span, Documented {
  readonly key: string
  readonly keySpan: Span
  readonly isStatic: boolean
  /** Nobody outside can set it: `readonly`, `private`, `#k`. */
  readonly isPrivate: boolean
  /** A method, getter or setter; `null` for a field. */
  readonly method: FunctionCode | null
  readonly value: Expression | null
}

/** One statement of the top level, read as code only when it is asked for. */
export interface TopLevel extends Span, Documented {
  readonly facts: Facts
  /** It hands out what it declares. */
  readonly exported: boolean
  /** Names declared elsewhere that it hands out: `export { f }`. */
  readonly exports: readonly string[]
  /** Names that it declares, or of whose parts it sets one. */
  readonly declares: readonly string[]
  /** It sets a part of something that is declared elsewhere: `sigmoid.derivative = …`. */
  readonly setsPart: boolean
  /** What it declares can't be assigned to again. */
  readonly fixed: boolean
  /** What an import names, between the quotes. */
  readonly imports: string | null
  /** In the core language; a declaration of several names is several statements. */
  readonly statements: () => readonly Statement[]
}

/** What is known of a top-level statement by its text alone. */
export interface Facts {
  /** A number of its own for each text. */
  readonly id: number
  readonly broken: boolean
  readonly hasFunctions: boolean
  /** Names that it assigns to after their declaration. */
  readonly changing: readonly string[]
  /** Names of objects of which it changes parts, other than by a plain `a.b = …` of its own: those of its own functions apart. */
  readonly mutating: { readonly outer: readonly string[]; readonly own: readonly string[] }
  /** All words in it: names that it may depend on. */
  readonly words: ReadonlySet<string>
}
