/** What `--help` prints. */
export const HELP = `gradlens: computational graphs, values and gradients of the formulas in notes and code

  gradlens graph    [--format text|json|svg|dot|mermaid|latex] [--output NAME] [--at x=1,y=2] FILE...
      Shows the derivations of each file: values, local derivatives, gradients.
  gradlens annotate [--write] [--force] FILE...
      Prints the note with its annotations brought up to date; --write writes it to the file instead.
      An annotation that was edited by hand is kept, and said so, unless --force is given.

  FILE is a Markdown note or a TypeScript or JavaScript file, - for standard input.

  --format FORMAT        text is for people, json is one object a line, one line a file
  --output NAME          also the derivation of this name, which no other definition has to use; may be repeated
  --at x=1,y=2           values of inputs, before those that the file gives
  --language LANGUAGE    markdown or typescript, for standard input
  --help, --version

  Colour is used on a terminal unless NO_COLOR is set.
  Exit status: 0 all went well; 2 the command itself failed, for one file at least.
`
