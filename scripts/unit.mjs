// Runs the unit tests, test/unit/**/*.test.ts, in two processes; for a coverage in one.
//   node scripts/unit.mjs [part of a file's path …] [--coverage] [options of mocha, such as --grep=chain]
import { addBroken, bundleTests, runMocha, runMochaTwice, testFiles } from './tests.mjs'

const args = process.argv.slice(2)
const wanted = args.filter((arg) => !arg.startsWith('--'))
const options = args.filter((arg) => arg.startsWith('--') && arg !== '--coverage')
const files = testFiles('test/unit').filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))

const { bundles, broken } = await bundleTests(files, 'unit')
const isMeasured = args.includes('--coverage')
const run = () => (isMeasured ? runMocha(bundles, options, { coverage: true }) : runMochaTwice(bundles, options))
const status = bundles.length > 0 ? await run() : 0
addBroken(broken)
if (broken > 0) console.error(`${broken} of ${files.length} test files do not build`)
process.exitCode = broken > 0 ? 1 : status
