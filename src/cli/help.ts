/** What `--help` prints. */
export const HELP = `gradlens: computational graphs, values and gradients of the formulas in notes and code

  gradlens graph    [--format text|json|svg|pdf|dot|mermaid|latex|tikz|typescript|python] [--output NAME] [--at x=1,y=2]
                    FILE...
      Shows the derivations of each file: values, local derivatives, gradients; or writes them as functions in
      TypeScript, or in Python with NumPy.
  gradlens check    [--format text|json|sarif] [--quiet] [--jobs N] [--shard 2/8] FILE...
      Judges every written step: a step that fails is shown with what is expected.
  gradlens annotate [--write] [--force] FILE...
      Prints the note with its annotations brought up to date; --write writes it to the file instead.
      An annotation that was edited by hand is kept, and said so, unless --force is given.
  gradlens lsp      A language server on standard input and output: hover, diagnostics, quick fixes in any editor.
  gradlens mcp      A server of the Model Context Protocol: assistants differentiate, check derivations, explain steps.

  FILE is a note (Markdown, also of R, Quarto and MDX), a LaTeX document, a notebook (.ipynb) or a file in TypeScript,
  JavaScript or Python; - for standard input.

  --format FORMAT        text is for people, json is one object a line, one line a file
  --output NAME          also the derivation of this name, which no other definition has to use; may be repeated
  --at x=1,y=2           values of inputs, before those that the file gives
  --quiet                findings alone: no progress, no count
  --jobs N               threads to use; as many as there are cores unless given
  --shard 2/8            the second of eight parts of the files, for a matrix of machines
  --language LANGUAGE    markdown, latex, notebook, typescript, javascript or python, for standard input
  --help, --version

  Colour is used on a terminal unless NO_COLOR is set.
  Exit status: 0 nothing is wrong; 1 a step fails (check); 2 the command itself failed, for one file at least.
`
