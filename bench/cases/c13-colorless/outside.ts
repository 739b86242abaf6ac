import { measureForm } from '../../colorless/measured.ts'
import { careful } from '../../colorless/modules.ts'
import { plainly } from '../../colorless/work.ts'

await measureForm(careful, plainly)
