/** What LaTeX macros mean to a reader: signs, fonts, accents, and the many that only concern the looks. */

const words = (list: string): Set<string> => new Set(list.split(' ').map((name) => `\\${name}`))
const pairs = (list: string): Map<string, string> =>
  new Map(
    list
      .split(' ')
      .map((item) => item.split(':') as [string, string])
      .map(([name, sign]) => [`\\${name}`, sign]),
  )

/** Macros that are the same as one sign. */
export const SIGN_MACROS: ReadonlyMap<string, string> = pairs(
  'cdot:· bullet:· times:× ast:* star:* odot:⊙ bigodot:⊙ circ:∘ otimes:⊗ div:÷ le:≤ leq:≤ leqq:≤ leqslant:≤ ge:≥ geq:≥ geqq:≥ geqslant:≥ ' +
    'lt:< gt:> ne:≠ neq:≠ approx:≈ simeq:≈ fallingdotseq:≈ doteq:≈ sim:∼ propto:∝ equiv:≡ triangleq:≔ coloneqq:≔ coloneq:≔ ' +
    'll:≪ gg:≫ partial:∂ part:∂ nabla:∇ to:→ rightarrow:→ longrightarrow:→ mapsto:↦ leftarrow:← gets:← longleftarrow:← ' +
    'Rightarrow:⇒ implies:⇒ Longrightarrow:⇒ Leftrightarrow:⇔ iff:⇔ Longleftrightarrow:⇔ leftrightarrow:⇔ Leftarrow:⇐ Longleftarrow:⇐ impliedby:⇐ ' +
    'leftrightharpoons:⇔ rightleftharpoons:⇔ leftrightarrows:⇔ ' +
    'therefore:∴ because:∵ in:∈ notin:∉ ni:∋ subset:⊂ subseteq:⊆ cup:∪ cap:∩ setminus:∖ emptyset:∅ varnothing:∅ forall:∀ exists:∃ ' +
    'sum:∑ prod:∏ int:∫ oint:∫ iint:∫ iiint:∫ idotsint:∫ oiint:∫ infty:∞ ldots:… cdots:… dots:… vdots:… ddots:… dotsc:… dotsb:… colon:: mid:| vert:| Vert:‖ ' +
    "parallel:‖ pm:± mp:∓ land:∧ wedge:∧ lor:∨ vee:∨ lnot:¬ neg:¬ prime:' downarrow:↓ uparrow:↑ perp:⊥ bot:⊥ degree:° " +
    'slash:/ oplus:⊕ cong:≅ searrow:↓ Downarrow:↓ lbrack:[ rbrack:] backslash:∖',
)

/** Macros that are one bracket. */
export const OPENING: ReadonlyMap<string, string> = pairs(
  'lvert:| lVert:‖ langle:⟨ lbrace:\\{ lfloor:⌊ lceil:⌈ lgroup:(',
)
export const CLOSING: ReadonlyMap<string, string> = pairs(
  'rvert:| rVert:‖ rangle:⟩ rbrace:\\} rfloor:⌋ rceil:⌉ rgroup:)',
)

/** Which closing bracket belongs to which opening one. */
export const PARTNER: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['\\{', '\\}'],
  ['|', '|'],
  ['‖', '‖'],
  ['⟨', '⟩'],
  ['⌊', '⌋'],
  ['⌈', '⌉'],
])

/** Only looks: dropped. */
export const LOOKS = words(
  'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits tiny scriptsize footnotesize small normalsize large Large LARGE ' +
    'huge Huge big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm nonumber notag hline hfill ' +
    'allowbreak centering noindent nobreak newline left right middle mathstrut strut mathord mathbin mathrel mathopen mathclose ' +
    'mathpunct mathinner mathop quad qquad enspace enskip space nobreakspace thinspace medspace thickspace negthinspace negmedspace negthickspace ' +
    // What a proof or a check ends with.
    'checkmark qed qedsymbol blacksquare',
)
/** Sizes that a bracket may follow; kept apart from `\left`, which pairs. */
export const WIDE_SPACES = words('quad qquad enspace hspace hskip hphantom phantom hfill kern mskip')
/** Macros with one argument that says nothing mathematical: both are dropped. */
export const DROPPED_WITH_ARGUMENT = words(
  'label tag eqref ref color hspace hphantom phantom vphantom vspace hskip vskip kern mskip cline cite footnote htmlClass htmlId fontsize pagecolor',
)
/** Macros around one argument that is read as if the macro weren't there. */
export const WRAPPERS = words(
  'boxed fbox cancel bcancel xcancel underline red blue green orange purple gray cyan magenta mathrlap mathllap mathclap smash ensuremath ' +
    'fcolorbox hbox mathstrut',
)
/** Wrappers with an argument before the one that counts. */
export const WRAPPERS_AFTER_ARGUMENT = words('textcolor colorbox style class')
/** Wrappers whose script is a remark. */
export const BRACED = words('underbrace overbrace underbracket overbracket overset underset stackrel')

/** Text inside of mathematics. */
export const TEXT_MACROS = words('text textrm textbf textit textsf texttt textnormal mbox hbox textmd textup')
/** Upright letters: a word, an operator, or a single letter. */
export const UPRIGHT_MACROS = words(
  'mathrm operatorname operatorname* mathit mathsf mathtt mathnormal mathop DeclareMathOperator',
)

/** Fonts that make another name of a letter. */
export const FONTS: ReadonlyMap<string, string> = pairs(
  'mathbf:bold boldsymbol:bold bm:bold bold:bold pmb:bold bf:bold mathbfit:bold mathcal:cal mathscr:cal cal:cal mathbb:bb Bbb:bb mathfrak:frak',
)
/** Font switches inside of a group: `{\bf q}`, `{\rm e}`. */
export const SWITCHES: ReadonlyMap<string, string> = pairs('bf:bold rm: it: cal:cal sf: tt: boldmath:bold mit:')

/** Accents over a name. */
export const ACCENTS: ReadonlyMap<string, string> = pairs(
  'hat:hat widehat:hat bar:bar overline:bar tilde:tilde widetilde:tilde vec:vec overrightarrow:vec dot:dot ddot:ddot mathring:mathring check:check breve:breve',
)

/** How a font or an accent is written. */
export const FONT_LATEX: ReadonlyMap<string, string> = new Map([
  ['bold', '\\mathbf'],
  ['cal', '\\mathcal'],
  ['bb', '\\mathbb'],
  ['frak', '\\mathfrak'],
])

/** Letters that have a macro of their own and are no Greek ones. */
export const LETTER_MACROS: ReadonlyMap<string, string> = pairs(
  'ell:ℓ hbar:ℏ imath:ı jmath:ȷ top:⊤ intercal:⊤ Re:ℜ Im:ℑ aleph:ℵ',
)

/** Environments that are rows of statements. */
export const ROW_ENVIRONMENTS = new Set(
  'aligned align align* alignat alignat* alignedat gather gather* gathered split eqnarray eqnarray* flalign flalign* multline multline* equation equation* displaymath math cases* subequations IEEEeqnarray IEEEeqnarray* darray'.split(
    ' ',
  ),
)
export const MATRIX_ENVIRONMENTS = new Set(
  'matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array psmallmatrix bsmallmatrix'.split(' '),
)
export const CASES_ENVIRONMENTS = new Set('cases dcases rcases drcases numcases'.split(' '))
