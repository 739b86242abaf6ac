import mustache from 'mustache'
import { pick, randomNumbers } from '../inputs.ts'

const PARTS = [
  'Hello {{name}}, {{{raw}}} {{&raw}} {{! comment }}',
  '{{#items}}\n  * {{name}} ({{price}}) {{#bold}}<{{name}}>{{/bold}}\n{{/items}}',
  '{{^empty}}nothing{{/empty}}{{#empty}}something{{/empty}}',
  '{{#nested}}{{a.b.c}}{{#a}}{{#b}}{{c}}{{name}}{{/b}}{{/a}}{{/nested}}',
  '{{> row}}{{=<% %>=}}<% name %>{{not}}<%={{ }}=%>',
  '{{#numbers}}{{.}},{{/numbers}} {{computed}}',
  '{{#upper}}loud {{name}} {{#upper}}twice{{/upper}}{{/upper}}',
]

export function input(scale: number): string[] {
  const random = randomNumbers(19)
  return Array.from({ length: scale === 1 ? 120 : 900 }, () =>
    Array.from({ length: 12 }, () => `${pick(random, PARTS)}\n${random(1000)}\n`).join(''),
  )
}

interface View {
  name: string
}

export function run(templates: string[]): string {
  const view = {
    name: 'A & B',
    raw: '<i>',
    empty: [],
    items: Array.from({ length: 6 }, (_, n) => ({
      name: `item ${n}`,
      price(this: View) {
        return `${this.name.length}.00`
      },
    })),
    bold: () => (text: string, render: (text: string) => string) => `<b>${render(text)}</b>`,
    upper: () => (text: string, render: (text: string) => string) => render(text).toUpperCase(),
    nested: { a: { b: { c: 'deep' } } },
    numbers: [1, 2, 3],
    computed(this: View) {
      return this.name
        .split(' ')
        .map(word => word.length)
        .join('+')
    },
  }
  const rendered = templates.map(template => {
    mustache.clearCache()
    return mustache.render(template, view, partial)
  })
  return [...rendered, JSON.stringify(mustache.parse(templates[0] as string)), escaped(), errors()].join('\n')
}

function partial(name: string): string | undefined {
  return name === 'row'
    ? '  [{{name}}{{#numbers}}{{> cell}}{{/numbers}}]\n'
    : name === 'cell'
      ? '{{.}}'
      : undefined
}

function escaped(): string {
  const config = { tags: ['<', '>'] as [string, string], escape: (value: unknown) => JSON.stringify(value) }
  const writer = new mustache.Writer()
  const context = new mustache.Context({ a: 1 }).push({ b: (): string => 'called' })
  return (
    mustache.render('<a> <b.c>', { a: 'x"y', b: { c: [1] } }, {}, config) +
    writer.render('{{a}}{{b}}', context)
  )
}

function errors(): string {
  return ['{{#a}}', '{{/a}}', '{{a', '{{#a}}{{/b}}', '{{=x=}}']
    .map(template => {
      try {
        return mustache.render(template, {})
      } catch (error) {
        return String(error)
      }
    })
    .join('\n')
}
