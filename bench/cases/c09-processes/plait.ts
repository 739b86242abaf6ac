import { ProcessPoolExecutor } from 'plait/executors'
import { runsOn } from '../../offload/plait-runs.ts'
import { measureOffload } from '../../offload/runs.ts'

await measureOffload(workers => runsOn(new ProcessPoolExecutor({ workers })))
