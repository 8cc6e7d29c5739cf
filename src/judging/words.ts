/** What the words around a claim say, in the languages in which notes are written: one table, a row a kind. */

/** A wrong line that the note itself calls wrong. A measure that is called "error", 誤差 or 误差 says nothing. */
const QUOTED =
  /[❌✗✘🚫]|\b(mistak(?:es?|en|enly)|pitfalls?|erroneous(?:ly)?|tempting|misconceptions?|incorrect(ly)?|wrong(ly)?|not true|typical errors?|common errors?|false(?= (claim|statement|belief)))\b|errores? (com[uú]n(es)?|frecuentes?|t[ií]picos?)|equivocad|incorrect[oa]|\bno es (cierto|verdad|correcto)|erreurs? (fréquentes?|courantes?|classiques?)|n['’]est pas vrai|häufige Fehler|\bfalsch\b|erros? comu(m|ns)|ошибк|неверно|неправильно|間違|誤り|誤った|誤答|よくあるミス|正しくない|错误|误区|不正确|不对|误以为|誤以為|想当然|錯誤|不正確|勘違い|思い込|틀린|오류|오답|흔한 실수|잘못|착각|\$\s*(?:(?:では|じゃ)(?:ない|ありません|なく)|(?:と|に)は(?:ならない|なりません)|[이가] ?아니)|(?<!\p{L})(?:not|never|nicht|而不是|而非|并不是)\s*\$/iu

/** An equation that is to be solved, not a statement about a function that is known. */
const TO_SOLVE =
  /\b(solve|solving|IVP|ODEs?|initial[- ]value|differential equations?)\b|resolver|resuelv|resolve[rm]?\b|\bPVI\b|ecuaci[oó]n(es)? diferencial|résoudre|équations? différentielle|lösen|решить|уравнени|微分方程|初期値|初值|を解|求解|미분방정식|초깃값|초기값/iu

/** A derivative, and what its function is somewhere right behind it: `$y' = -y + t$, $y(0) = 1$`. */
const INITIAL_VALUE =
  /(?:'|\\dot|\\prime|\\frac\{d[^$]{0,40})[^$=]*=[^$\n]*(?:\$[^$\n]{0,12}\$|,\s*(?:\\quad|\\qquad)?)\s*[A-Za-z]'*\(\s*(?:-?\d+(?:\.\d+)?|[a-z]_\{?0\}?)\s*\)\s*=/u

/** Values that something is to have: conditions, data to fit, cases. */
const POSED =
  /\b(find|such that|so that|satisf\w*|conditions?|if|whether|suppose|given|let|interpol\w*|Hermite|splines?|fit\w*|passes|through|boundary|initial|require\w*|want|need|con|tal que|cumpl\w*|si|sea|condici\w*|tel que|avec|wenn|sodass)\b|求|満た|条件|满足|使得|当|若|如果|设|已知|ならば|通る|过点|조건|만족|이면|지나/iu

/** A name is given the value that is wanted: `let h(x) = cos(x) = 0.4`. */
const LETTING =
  /(\b(let|set|setting|suppose|sea|sean|soit|sei|пусть|put)\b|令|设|設|假设|とおく|とすると|놓자|하자)[^.。;；]*$/iu

/** A name is the sum or the norm of others: it may depend on what is differentiated by. */
const AGGREGATE =
  /\b(sum|total|normali[sz]\w*|partition|denominator|mean|average|suma|somme|summe|denominador|dénominateur)\b|нормир|сумм|和|総計|合計|正規化|分母|归一|歸一|总|總|합|분모|정규화/iu

/** The entries of a vector add up to one. */
const ONE_HOT =
  /one[- ]?hot|\b(sums?|add(s|ing)?( up)?) to (1|one)\b|suman? 1|somme (vaut|égale à) 1|ワンホット|和[はが](必ず)?\s*\$?1|合計[はが]\s*\$?1|和为\s*\$?1|之和为\s*\$?1|원[- ]?핫|합[은이]\s*\$?1/iu

/** Words of assuming with a number. */
const ASSUMING =
  /(assum|suppos|given that|normali[sz]|set to|equal to|fix|仮定|とする|とおく|とすれば|固定|假设|假定|设|令|가정|하자|이라고)[^.。]{0,80}([10１０]|\bone\b|\bzero\b|\bunit)/i

/** Words between two displays, not only what ends the one and begins the other. */
export const hasWordsBetween = (text: string): boolean =>
  text
    .split(/\$+|\\[[\]]/)
    .slice(1, -1)
    .some((part) => /\p{L}{2,}/u.test(part))

/** The claim's lines, or the head above them, call it a mistake. */
export const isQuoted = (text: string): boolean => QUOTED.test(text)
export const isAssuming = (text: string): boolean => ASSUMING.test(text)
export const isPosed = (sentence: string): boolean => POSED.test(sentence) || isToSolve(sentence)
export const isToSolve = (text: string): boolean => TO_SOLVE.test(text) || INITIAL_VALUE.test(text)
export const isLet = (before: string): boolean => LETTING.test(before.replace(/\d\.\d/g, '0'))
export const saysOneHot = (section: string): boolean => ONE_HOT.test(section)

/** Do the words of a sentence that speaks of a name call it a sum? @param latex the name, as it is written */
export function isAggregate(section: string, names: readonly string[]): boolean {
  const sentences = section.split(/(?<=[.。;；！!？?\n])/u)
  return sentences.some((sentence) => AGGREGATE.test(sentence) && names.some((name) => speaksOf(sentence, name)))
}

/** The name stands by itself: `$C$ は`, `where S is`. */
function speaksOf(sentence: string, name: string): boolean {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(
    `\\$\\s*${escaped}\\s*\\$|(^|[\\s、，,（(])${escaped}(?=\\s+(is|are|es|est|ist)\\b|\\s*[はが是为])`,
    'u',
  ).test(sentence)
}
