import { inside } from '../../colorless/inside.ts'
import { measureForm, measureGrowth } from '../../colorless/measured.ts'
import { careful } from '../../colorless/modules.ts'

measureGrowth(await measureForm(careful, inside))
