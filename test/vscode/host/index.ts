// What the extension host runs: mocha on the bundles that scripts/vscode.mjs has made of the *.test.ts beside this file.
import { writeFileSync } from 'node:fs'
import Mocha from 'mocha'

/** Mocha's usual listing, line by line through the console, which is all that a host in a browser's window can show. */
class Reporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options)
    const say = (line: string) => console.log(`gradlens ${line}`)
    runner.on('pass', (test) => say(`  ✓ ${test.fullTitle()}`))
    runner.on('fail', (test, error) => say(`  ✗ ${test.fullTitle()}\n    ${error.stack ?? error.message}`))
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats
      const counts = JSON.stringify({ passes, failures, pending })
      if (process.env.GRADLENS_RESULTS) writeFileSync(process.env.GRADLENS_RESULTS, counts)
      console.log(`gradlens-results ${counts}`)
    })
  }
}

/** VS Code calls this and ends with 0 when it resolves, with 1 when it rejects. */
export async function run(): Promise<void> {
  const grep = process.env.GRADLENS_GREP
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Reporter, ...(grep && { grep }) })
  for (const file of JSON.parse(process.env.GRADLENS_TESTS ?? '[]')) mocha.addFile(file)
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()))
  })
}
