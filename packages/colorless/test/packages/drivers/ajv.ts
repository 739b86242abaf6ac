import { Ajv, type AnySchema } from 'ajv'
import { pick, randomNumbers } from '../inputs.ts'

/** Schemas of many keywords, and values for them. */
export function input(scale: number): { schemas: AnySchema[]; values: unknown[] } {
  const random = randomNumbers(13)
  const schema = (depth: number): Record<string, unknown> => {
    switch (random(depth <= 0 ? 4 : 9)) {
      case 0:
        return { type: 'string', minLength: random(4), pattern: pick(random, ['^a', '\\d+', 'x$']) }
      case 1:
        return { type: ['number', 'null'], multipleOf: 1 + random(3), maximum: random(100) }
      case 2:
        return { enum: [random(9), 'a', null, { deep: [random(3)] }] }
      case 3:
        return { const: { a: random(3) } }
      case 4:
        return {
          type: 'array',
          items: schema(depth - 1),
          minItems: random(2),
          uniqueItems: true,
          contains: schema(0),
        }
      case 5:
        return { anyOf: [schema(depth - 1), schema(depth - 1)], not: schema(0) }
      case 6:
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        return { if: schema(0), then: schema(depth - 1), else: schema(depth - 1) }
      case 7:
        return { oneOf: [schema(depth - 1), { $ref: '#/definitions/own' }] }
      default:
        return {
          type: 'object',
          required: ['a'],
          properties: { a: schema(depth - 1), b: schema(depth - 1), 'c-d': schema(depth - 1) },
          patternProperties: { '^x': schema(depth - 1) },
          additionalProperties: schema(0),
          propertyNames: { maxLength: 5 },
          dependencies: { a: ['b'], b: schema(0) },
        }
    }
  }
  const schemas = Array.from({ length: scale === 1 ? 6 : 40 }, () => ({
    ...schema(4),
    definitions: {
      own: { type: 'object', properties: { next: { $ref: '#/definitions/own' }, even: { even: true } } },
    },
  }))
  return {
    schemas,
    values: [1, 'a', null, { a: 1, b: { even: 3 } }, [1, 1], { a: 'a1', x: [] }, { next: { next: 4 } }],
  }
}

// What compile() makes runs by new Function; the compiling is the work.
export function run({ schemas, values }: { schemas: AnySchema[]; values: unknown[] }): string {
  const ajv = new Ajv({ allErrors: true, strict: false, code: { source: true, lines: true }, logger: false })
  ajv.addKeyword({
    keyword: 'even',
    type: 'number',
    validate: (_schema: boolean, value: number) => value % 2 === 0,
  })
  ajv.addKeyword({
    keyword: 'range',
    macro: ([minimum, maximum]: number[]) => ({ minimum, maximum }),
    metaSchema: { type: 'array' },
  })
  const results = schemas.map(schema => {
    const validate = ajv.compile(schema)
    return `${validate.source?.validateCode}${values.map(value => `${validate(value)} ${ajv.errorsText(validate.errors)}`).join('\n')}`
  })
  return [...results, errors(ajv)].join('\n')
}

function errors(ajv: Ajv): string {
  const wrong = [
    { type: 'strange' },
    { $ref: '#/nowhere' },
    { range: 5 },
    { properties: 1 },
    { minLength: -1 },
  ]
  return wrong
    .map(schema => {
      try {
        return String(ajv.compile(schema as AnySchema)(1))
      } catch (error) {
        return String(error)
      }
    })
    .join('\n')
}
