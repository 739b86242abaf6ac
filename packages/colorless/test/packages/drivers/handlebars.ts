import Handlebars from 'handlebars'
import { pick, randomNumbers } from '../inputs.ts'

const PARTS = [
  '<h1>{{title}}</h1>',
  '{{#each items as |item n|}}<li class="{{n}}">{{item.name}} {{{item.raw}}} {{@index}}</li>{{else}}none{{/each}}',
  '{{#if a.b.[0]}}yes {{then x=1 y="two"}}{{else if other}}maybe{{else}}no{{/if}}',
  '{{> row this key=(join "a" (join b c))}}',
  '{{#with user}}{{name}} {{../title}} {{@root.title}}{{/with}}',
  '{{! a comment }}{{!-- another {{one}} --}}',
  '{{{{raw}}}} {{not}} {{{{/raw}}}}',
  '{{~#unless off~}} text \\{{escaped}} {{&amp}} {{~/unless~}}',
  '{{#> layout}}inner {{title}}{{/layout}}',
  '{{#*inline "own"}}[{{name}}]{{/inline}}{{> own user}}',
  '{{lookup list 0}}{{log "x" level="debug"}}{{"literal"}}{{12}}{{true}}{{null}}',
]

/** Templates of many parts. */
export function input(scale: number): string[] {
  const random = randomNumbers(3)
  return Array.from({ length: scale === 1 ? 6 : 50 }, () =>
    Array.from({ length: 25 }, () => `${pick(random, PARTS)}\n text ${random(1000)}\n`).join(''),
  )
}

// What compile() makes runs by new Function: helpers that are called from there run plainly. So the templates are compiled,
// to text, and only a few of them run.
export function run(templates: string[]): string {
  const handlebars = Handlebars.create()
  const compiled = templates.map(template => {
    const tree = handlebars.parse(template)
    const known = handlebars.precompile(template, { knownHelpers: { join: true }, noEscape: true })
    return shapeOf(tree) + String(handlebars.precompile(tree)) + String(known).length
  })
  return compiled.join('\n') + rendered(handlebars, templates[0] as string) + errors(handlebars)
}

type Engine = typeof Handlebars

function shapeOf(tree: hbs.AST.Program): string {
  let text = ''
  class Names extends Handlebars.Visitor {
    override PathExpression(path: hbs.AST.PathExpression): void {
      text += `${path.original} `
      super.PathExpression(path)
    }
  }
  new Names().accept(tree)
  return text
}

function rendered(handlebars: Engine, template: string): string {
  handlebars.registerHelper('join', (...words: unknown[]) => words.slice(0, -1).join('-'))
  handlebars.registerHelper('then', function (this: { title: string }, options: Handlebars.HelperOptions) {
    return new handlebars.SafeString(`<i>${this.title}${JSON.stringify(options.hash)}</i>`)
  })
  handlebars.registerHelper('raw', (options: Handlebars.HelperOptions) => options.fn({}))
  handlebars.registerPartial('row', '<tr>{{key}} {{title}}</tr>')
  handlebars.registerPartial('layout', '<main>{{> @partial-block}}</main>')
  return handlebars.compile(template)({
    title: 'T & t',
    items: [{ name: '<a>', raw: '<b>' }, { name: 'c' }],
    a: { b: [1] },
    b: 'b',
    c: 'c',
    user: { name: 'u' },
    list: ['first'],
  })
}

function errors(handlebars: Engine): string {
  return ['{{#if}}', '{{a', '{{#a}}{{/b}}', '{{> (x) }}{{else}}', '{{a.b.}}']
    .map(template => {
      try {
        return JSON.stringify(handlebars.parse(template).body.length)
      } catch (error) {
        return String(error)
      }
    })
    .join('\n')
}
