// fetch in generators: as many tasks take the next address each.
import { type Operation, run, taskGroup, until } from 'plait'
import { measureCrawls } from '../../crawl/crawls.ts'

await measureCrawls((urls, atOnce) =>
  run(function* () {
    let bytes = 0
    const left = urls.values()
    function* worker(): Operation<void> {
      for (const url of left) {
        const response = yield* until(signal => fetch(url, { signal }))
        const page = yield* until(response.arrayBuffer())
        bytes += page.byteLength
      }
    }
    yield* taskGroup(function* (group) {
      for (let i = 0; i < atOnce; i++) group.createTask(worker())
    })
    return bytes
  }),
)
