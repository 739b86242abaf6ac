import { measureUntransformed } from '../../colorless/measured.ts'

await measureUntransformed()
