import type { Way } from './ways.ts'

/** The packages, each with a program of this name in the folder of drivers. */
export const PACKAGES: readonly string[] = [
  'acorn',
  'ajv',
  'csv-parse',
  'handlebars',
  'immer',
  'js-yaml',
  'marked',
  'mustache',
  'postcss',
  'zod',
]

/** How each is run. */
export const WAYS: readonly Way[] = ['outside', 'inside', 1000, 7, 1]
