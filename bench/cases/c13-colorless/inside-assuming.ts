import { inside } from '../../colorless/inside.ts'
import { measureForm, measureGrowth } from '../../colorless/measured.ts'
import { assuming } from '../../colorless/modules.ts'

measureGrowth(await measureForm(assuming, inside))
