import { Marked, type Tokens } from 'marked'
import { readmes } from '../inputs.ts'

export function input(scale: number): string {
  return readmes(scale === 1 ? 6 : 10)
}

export function run(text: string): string {
  const seen: Record<string, number> = {}
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        return `<h${depth} data-n="${tokens.length}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
    },
    walkTokens(token) {
      seen[token.type] = (seen[token.type] ?? 0) + 1
    },
    extensions: [
      {
        name: 'mention',
        level: 'inline',
        start: source => source.indexOf('@'),
        tokenizer(source) {
          const found = /^@(\w+)/.exec(source)
          return found === null ? undefined : { type: 'mention', raw: found[0], text: found[1] }
        },
        renderer: token => `<b>${(token as Tokens.Generic).text}</b>`,
      },
    ],
    hooks: { postprocess: html => html.replace(/\n{2,}/g, () => '\n') },
  })
  return `${marked.parse(text)}${JSON.stringify(seen)}`
}
