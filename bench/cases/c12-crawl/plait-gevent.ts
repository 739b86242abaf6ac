// fetchSync in greenlets: plain code, as it reads in gevent.
import { run } from 'plait'
import { call } from 'plait/greenlet'
import { measureCrawls } from '../../crawl/crawls.ts'
import { programs } from '../../gevent/programs.ts'

await measureCrawls((urls, atOnce) => run(call(programs.crawl, urls, atOnce)))
