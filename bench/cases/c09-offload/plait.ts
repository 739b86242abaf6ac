import { ThreadPoolExecutor } from 'plait/executors'
import { runsOnThreads } from '../../offload/plait-runs.ts'
import { measureOffload } from '../../offload/runs.ts'

await measureOffload(workers => runsOnThreads(new ThreadPoolExecutor({ workers })))
