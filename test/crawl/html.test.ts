import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeEntities, escapeHtml, htmlPieces } from '../../examples/crawl/html.ts'
import { extractLinks, readContent } from '../../examples/crawl/page-content.ts'

const HERE = 'http://site.test/docs/page.html'

test.each([
  ['a relative one', '<a href="next.html">', 'http://site.test/docs/next.html'],
  ['one from the root', '<a href="/top">', 'http://site.test/top'],
  ['single quotes', "<a href='next'>", 'http://site.test/docs/next'],
  ['no quotes', '<a href=next>', 'http://site.test/docs/next'],
  [
    'other letters and attributes around it',
    '<A class="x" HREF = "next" id=y>',
    'http://site.test/docs/next',
  ],
  ['a > in an attribute before it', '<a title="a > b" href="next">', 'http://site.test/docs/next'],
  ['an apostrophe that quotes nothing', `<a it's href="next">`, 'http://site.test/docs/next'],
  ['an escaped ampersand', '<a href="?a=1&amp;b=2">', 'http://site.test/docs/page.html?a=1&b=2'],
  ['a line break in the tag', '<a\n  href="next"\n>', 'http://site.test/docs/next'],
  ['an image map', '<area href="next">', 'http://site.test/docs/next'],
  ['spaces around the address', '<a href="  next ">', 'http://site.test/docs/next'],
  ['a fragment, cut off', '<a href="next#part">', 'http://site.test/docs/next'],
  ['a base', '<base href="/other/"><a href="next">', 'http://site.test/other/next'],
])('a link is found: %s', (_, html, expected) => {
  expect(extractLinks(html, HERE)).toEqual([expected])
})

test.each([
  ['another host', '<a href="http://elsewhere.test/">'],
  ['another scheme of the same host', '<a href="https://site.test/">'],
  ['another port', '<a href="http://site.test:8080/">'],
  ['mail', '<a href="mailto:a@site.test">'],
  ['a script as address', '<a href="javascript:void(0)">'],
  ['no address', '<a name="x">'],
  ['an address that is none', '<a href="http://[">'],
  ['one the page asks not to follow', '<a rel="external NoFollow" href="next">'],
  ['in a comment', '<!-- <a href="next"> -->'],
  ['in a script', '<script>const a = \'<a href="next">\'</script>'],
  ['in a style', '<style>/* <a href="next"> */</style>'],
  ['a stylesheet', '<link href="next.css">'],
  ['a tag that never ends', '<a href="next'],
  ['in an attribute', '<p title=\'<a href="next">\'>'],
])('a link is not followed: %s', (_, html) => {
  expect(extractLinks(html, HERE)).toEqual([])
})

test('a link named twice is followed once, in the order of the page', () => {
  const html = '<a href="b">1</a><a href="a">2</a><a href="./b#x">3</a>'
  expect(extractLinks(html, HERE)).toEqual(['http://site.test/docs/b', 'http://site.test/docs/a'])
})

test('the text of a page is its paragraphs and its code, without navigation', () => {
  const html = `<title>A &amp; B</title><nav><a href="x">menu</a></nav>
    <h1>Head</h1><p>One <b>bold</b>
    line</p><ul><li>first<li>second</ul><pre>if (a &lt; b) {
  go()
}</pre>tail`
  expect(readContent(html, HERE)).toEqual({
    title: 'A & B',
    links: ['http://site.test/docs/x'],
    blocks: [
      { kind: 'paragraph', text: 'Head' },
      { kind: 'paragraph', text: 'One bold line' },
      { kind: 'paragraph', text: 'first' },
      { kind: 'paragraph', text: 'second' },
      { kind: 'code', text: 'if (a < b) {\n  go()\n}' },
      { kind: 'paragraph', text: 'tail' },
    ],
  })
})

test('a page without a title is called by its address', () => {
  expect(readContent('<p>text', HERE).title).toBe(HERE)
})

test('entities become characters, unknown ones stay', () => {
  expect(decodeEntities('&lt;&#65;&#x42;&nope;&copy;&')).toBe('<AB&nope;©&')
  expect(decodeEntities('&#0;&#x110000;')).toBe('\ufffd\ufffd')
})

test('whatever is escaped reads as itself again, and holds no tag', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(decodeEntities(escapeHtml(text))).toBe(text)
      expect([...htmlPieces(escapeHtml(text))].every(piece => piece.kind === 'text')).toBe(true)
    }),
  )
})

test('no input makes the reader fail, and every link it gives is one of the site', () => {
  const piece = fc.constantFrom(
    '<a href=',
    '"',
    "'",
    '>',
    '<',
    '</',
    '<!--',
    '-->',
    '<script>',
    'x',
    ' ',
    '=',
    '&#',
    '//',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), pieces => {
      const { links } = readContent(pieces.join(''), HERE)
      expect(links.filter(link => !link.startsWith('http://site.test/') || link.includes('#'))).toEqual([])
    }),
  )
})

test('a page of nothing but openings is read in one go', () => {
  // Were the rest searched anew at each opening, these would be 4 · 10^10 steps, and the test would run out of time.
  for (const opening of ['<a "', '<a href="', '<!--', '<', '<script>'])
    readContent(opening.repeat(200_000), HERE)
})
