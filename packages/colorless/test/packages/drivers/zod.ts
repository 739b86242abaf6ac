import { z } from 'zod'
import { pick, randomNumbers, read } from '../inputs.ts'

// Without it zod writes its own functions by new Function, which cannot be suspended.
z.config({ jitless: true })

export function input(scale: number): unknown[] {
  const random = randomNumbers(11)
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> }
  const packages = Object.entries(lock.packages).slice(0, scale === 1 ? 300 : 900)
  const users = Array.from({ length: scale === 1 ? 150 : 900 }, (_, n) => ({
    id: random(20) === 0 ? `${n}` : n,
    email: pick(random, ['a@example.com', 'nobody', 'b.c@example.org']),
    shape: pick(random, [
      { kind: 'circle', radius: random(9) },
      { kind: 'square', side: 2, extra: 1 },
      { kind: 'line' },
    ]),
    tags: Array.from({ length: random(4) }, () => pick(random, ['x', 'y', 1])),
    when: pick(random, ['2024-01-02', 'never']),
    address: random(2) === 0 ? { city: ' Here ', zip: '12345' } : { city: 'There', zip: '1' },
  }))
  return [Object.fromEntries(packages), users]
}

export function run([packages, users]: unknown[]): string {
  const locked = z.record(
    z.string(),
    z.object({
      version: z
        .string()
        .regex(/^\d+\.\d+\.\d+/)
        .optional(),
      resolved: z.union([z.url(), z.boolean(), z.string().max(40)]).optional(),
      integrity: z.string().startsWith('sha512-').optional(),
      dependencies: z
        .record(
          z.string(),
          z.string().transform(range => range.replace(/^\^/, '')),
        )
        .optional(),
      engines: z.object({ node: z.string() }).partial().or(z.array(z.string())).optional().catch(undefined),
      dev: z.literal(true).default(true),
      license: z
        .string()
        .nullish()
        .transform(value => value ?? 'none'),
    }),
  )
  const result = locked.safeParse(packages)
  return [
    result.success ? JSON.stringify(result.data) : JSON.stringify(result.error.issues),
    ...(users as unknown[]).map(user => check(user)),
    meta(),
  ].join('\n')
}

const User = z
  .strictObject({
    id: z.int().nonnegative(),
    email: z.email(),
    shape: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('circle'), radius: z.number().positive() }),
      z.object({ kind: z.literal('square'), side: z.coerce.bigint() }),
    ]),
    tags: z
      .array(z.enum(['x', 'y']))
      .max(3)
      .refine(tags => new Set(tags).size === tags.length, 'twice'),
    when: z.string().pipe(z.preprocess(value => new Date(value as string), z.date())),
    address: z
      .object({ city: z.string().trim().toLowerCase(), zip: z.string() })
      .superRefine((address, context) => {
        if (address.zip.length !== 5)
          context.addIssue({ code: 'custom', message: `zip of ${address.city}`, path: ['zip'] })
      })
      .readonly(),
  })
  .transform(user => ({ ...user, label: `${user.id}:${user.email}` }))

// `error` of a result is a getter of another module, beneath which nothing can be suspended; what parse throws is not.
function check(user: unknown): string {
  try {
    return JSON.stringify(User.parse(user), (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    )
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return z.prettifyError(error) + JSON.stringify(z.treeifyError(error))
  }
}

function meta(): string {
  interface Tree {
    value: number
    children: Tree[]
  }
  const tree: z.ZodType<Tree> = z.object({ value: z.number(), children: z.lazy(() => z.array(tree)) })
  let deep: Tree = { value: 0, children: [] }
  for (let value = 1; value < 40; value++) deep = { value, children: [deep, { value, children: [] }] }
  const tuple = z.tuple([z.string(), z.number().optional()]).rest(z.templateLiteral(['a', z.number()]))
  return JSON.stringify([
    tree.parse(deep),
    z.toJSONSchema(tuple),
    tuple.safeParse(['x', 1, 'a5', 'b']).error?.issues,
  ])
}
