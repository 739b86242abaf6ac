import { twice } from './twice.cjs'

export const four = () => twice(2)
