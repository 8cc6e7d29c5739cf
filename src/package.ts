/** Entry of the npm package: the same analysis as an ES module, for web pages and builds. It knows no files and no editor. */
export { analyze, LANGUAGES } from './report/analyze'
