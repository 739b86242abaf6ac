import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package's README, read and split: a front page and a page for each further heading. */
export interface Book {
  /** The package's name; where a package has several READMEs, the file's too. */
  readonly name: string
  readonly pages: readonly SitePage[]
  /** The packages it depends on. */
  readonly dependencies: readonly string[]
}

export interface SitePage {
  readonly path: string
  readonly title: string
  readonly markdown: string
}

interface Section {
  title: string
  lines: string[]
}

/** Reads the READMEs of all packages under a node_modules folder, in the order of their names. */
export function readBooks(nodeModules: string): Book[] {
  const books: Book[] = []
  for (const name of packageNames(nodeModules)) {
    const folder = join(nodeModules, name)
    const readmes = readdirSync(folder).filter(file => /^readme.*\.md$/i.test(file))
    // The plain README comes first: it gets the package's own address.
    for (const file of readmes.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
      const label = /^readme\.md$/i.test(file) ? name : `${name}/${file.slice(0, -3).toLowerCase()}`
      const pages = splitReadme(label, readFileSync(join(folder, file), 'utf8'))
      if (pages.length > 0) books.push({ name: label, pages, dependencies: dependenciesOf(folder) })
    }
  }
  return books
}

/** Splits a README at its headings. A heading without a text of its own is no page. */
export function splitReadme(name: string, markdown: string): SitePage[] {
  const pages: SitePage[] = []
  const taken = new Set<string>()
  for (const section of sections(name, markdown)) {
    const text = section.lines.join('\n').trim()
    if (text === '') continue
    const path = pages.length === 0 ? `/${name}/` : freePath(`/${name}/${slug(section.title)}`, taken)
    taken.add(path)
    pages.push({ path, title: section.title, markdown: text })
  }
  return pages
}

function sections(name: string, markdown: string): Section[] {
  let section: Section = { title: name, lines: [] }
  const found = [section]
  let fence: string | undefined
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined) {
      if (fence === undefined) fence = mark
      else if (mark.startsWith(fence)) fence = undefined
    }
    // A line that starts with # inside a code block is a comment of that code.
    const heading = fence === undefined ? headingOf(line, section.lines.at(-1)) : undefined
    if (heading === undefined) {
      section.lines.push(line)
      continue
    }
    if (heading.underlined) section.lines.pop()
    section = { title: heading.title || name, lines: [] }
    found.push(section)
  }
  return found
}

function headingOf(
  line: string,
  before: string | undefined,
): { title: string; underlined: boolean } | undefined {
  const title = /^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line)
  if (title !== null) return { title: plainTitle(title[1] ?? ''), underlined: false }
  const isUnderline = /^(=+|-{2,})[ \t]*$/.test(line)
  if (isUnderline && before !== undefined && /^[^\s#>|*+<-]/.test(before))
    return { title: plainTitle(before), underlined: true }
  return undefined
}

/** A heading's words alone: without links, images, tags and emphasis. */
function plainTitle(title: string): string {
  return title
    .replace(/!\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A heading as a piece of an address: lower case, the words joined by hyphens. */
export function slug(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return words === null ? 'section' : words.join('-').slice(0, 60)
}

function freePath(path: string, taken: ReadonlySet<string>): string {
  if (!taken.has(path)) return path
  let n = 2
  while (taken.has(`${path}-${n}`)) n += 1
  return `${path}-${n}`
}

function packageNames(nodeModules: string): string[] {
  const names: string[] = []
  for (const entry of readdirSync(nodeModules, { withFileTypes: true })) {
    // A linked folder is a workspace, not an installed package.
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue
    if (!entry.name.startsWith('@')) names.push(entry.name)
    else
      for (const scoped of readdirSync(join(nodeModules, entry.name), { withFileTypes: true }))
        if (scoped.isDirectory()) names.push(`${entry.name}/${scoped.name}`)
  }
  return names.sort()
}

function dependenciesOf(folder: string): string[] {
  try {
    const manifest: { dependencies?: Record<string, string> } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    return Object.keys(manifest.dependencies ?? {})
  } catch {
    return [] // a package without a readable manifest still has a README worth a page
  }
}
