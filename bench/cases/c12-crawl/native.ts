// fetch in async functions: so many of them take the next address each.
import { measureCrawls } from '../../crawl/crawls.ts'

await measureCrawls(async (urls, atOnce) => {
  let bytes = 0
  const left = urls.values()
  async function worker(): Promise<void> {
    for (const url of left) {
      const page = await (await fetch(url)).arrayBuffer()
      bytes += page.byteLength
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return bytes
})
