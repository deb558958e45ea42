/** One product of the demo catalog, in the words and numbers a shopkeeper would use. */
export interface DemoProduct {
  title: string
  /** The start of every SKU of it. */
  code: string
  brand: string
  shelf: string
  /** Whole euros. */
  price: number
  was?: number
  about: string
  /** Colours by name; none means that it comes as it is. */
  colors?: string[]
  /** A second option: values with what they add to the price in euros. */
  option?: { name: string; values: [value: string, extra: number][] }
  /** Average and number of ratings. */
  rating: [average: number, count: number]
  /** Days on the shelf. */
  age: number
  /** Pieces of each variant, in order; otherwise some number that follows from the SKU. */
  stock?: number[]
  picture: DemoPicture
}

export interface DemoPicture {
  /** The file in the emoji package, without its ending. */
  emoji: string
  /** What one sees, for those who do not. */
  noun: string
  stand: 'plinth' | 'floor' | 'wall'
  /** Which pixels take the colour: everything, what is grey, or a range of hues in degrees. */
  part?: 'all' | 'neutral' | [from: number, to: number]
  /** The colour the object has of itself. */
  asIs?: string
  ground?: string
  size?: number
  rotate?: number
}

export interface DemoCategory {
  slug: string
  title: string
  description: string
  shelves: { slug: string; title: string }[]
  products: DemoProduct[]
}

const sizes = (...values: string[]): [string, number][] => values.map((value) => [value, 0])
export const CLOTHES = { name: 'Size', values: sizes('S', 'M', 'L', 'XL') }
export const SHOES = { name: 'Size', values: sizes('39', '40', '41', '42', '43', '44', '45') }
