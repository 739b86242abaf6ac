export { type ColorlessOptions, ConfigurationError } from './options.ts'
export type { Assumptions } from './transform/reach.ts'
export { type Transformed, type TransformOptions, transform } from './transform/transform.ts'
export type { SourceMap } from './transform/writer.ts'
