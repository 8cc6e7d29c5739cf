// Mocha's own listing, and its counts as JSON into the file that GRADLENS_RESULTS names, for scripts/test.mjs to add up.
const { writeFileSync } = require('node:fs')
const Mocha = require('mocha')

module.exports = class extends Mocha.reporters.Dot {
  constructor(runner, options) {
    super(runner, options)
    const file = process.env.GRADLENS_RESULTS
    if (!file) return
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats
      writeFileSync(file, JSON.stringify({ passes, failures, pending }))
    })
  }
}
