/**
 * A template engine that never heard of waiting, and waits: Mustache, unchanged, calls a function where the template has
 * its name, and the functions here ask a server. Three pages are rendered at the same time, each in a greenlet. The
 * transform has Mustache as well, since the package.json of this folder lists it. Run with `plait run --colorless`.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Mustache from 'mustache'
import { fetchSync, joinall, spawn, until } from 'plait/gevent'

const library: Record<string, unknown> = {
  '/authors/shelley': { name: 'Mary Shelley', books: ['frankenstein', 'last'] },
  '/authors/verne': { name: 'Jules Verne', books: ['20000', 'moon'] },
  '/authors/wells': { name: 'H. G. Wells', books: ['machine', 'war'] },
  '/books/frankenstein': { title: 'Frankenstein', year: 1818 },
  '/books/last': { title: 'The Last Man', year: 1826 },
  '/books/20000': { title: 'Twenty Thousand Leagues Under the Seas', year: 1870 },
  '/books/moon': { title: 'From the Earth to the Moon', year: 1865 },
  '/books/machine': { title: 'The Time Machine', year: 1895 },
  '/books/war': { title: 'The War of the Worlds', year: 1898 },
}

/** How many questions the server has open, and the most it had. */
let open = 0
let most = 0

const server = createServer(({ url = '/' }, response) => {
  open += 1
  most = Math.max(most, open)
  setTimeout(() => {
    open -= 1
    response.end(JSON.stringify(library[url]))
  }, 200)
})
until(once(server.listen(0, '127.0.0.1'), 'listening'))
const { port } = server.address() as AddressInfo

function ask(url: string) {
  return fetchSync(`http://127.0.0.1:${port}${url}`).json()
}

const template = `{{#author}}{{name}} wrote
{{#books}}{{#book}}  {{title}}, {{year}}
{{/book}}{{/books}}{{/author}}`

/** Mustache calls these where the template names them; `this` is what stands around the name. */
const view = {
  author(this: { id: string }) {
    return ask(`/authors/${this.id}`)
  },
  book(this: string) {
    return ask(`/books/${this}`)
  },
}

function page(id: string) {
  return Mustache.render(template, { ...view, id })
}

try {
  const pages = ['shelley', 'verne', 'wells'].map(id => spawn(page, id))
  joinall(pages)
  for (const { value } of pages) console.log(value)
  console.log(`questions at the same time: ${most}`)
} finally {
  server.close()
  server.closeAllConnections()
}
