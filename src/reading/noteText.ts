/** The text of a note as its parser wants it. */

/**
 * A text with line feeds alone and without its mark of byte order, as long as it was. Other line ends, and blanks behind
 * the rule of a table, would keep the parser from seeing a table.
 */
export function evened(text: string): string {
  const unmarked = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text
  const lines = unmarked.includes('\r')
    ? unmarked.replace(/\r\n?/g, (end) => (end.length > 1 ? ' \n' : '\n'))
    : unmarked
  if (!lines.includes('| ') && !lines.includes('|\t')) return lines
  return lines.split('\n').map(withoutBlanksBehind).join('\n')
}

/** `|---|---|  ` with the blanks before the last bar. */
function withoutBlanksBehind(line: string): string {
  const last = line.charCodeAt(line.length - 1)
  if ((last !== 32 && last !== 9) || !/^[ >:|-]+[ \t]*$/.test(line) || !line.includes('-')) return line
  const rule = line.trimEnd()
  return rule.endsWith('|') ? `${rule.slice(0, -1)}${line.slice(rule.length)}|` : line
}
