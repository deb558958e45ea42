import type { DemoCategory } from './demo.ts'

export const bags: DemoCategory = {
  slug: 'bags',
  title: 'Bags',
  description: 'For the day, the weekend and the overhead locker.',
  shelves: [
    { slug: 'day-bags', title: 'Day bags' },
    { slug: 'travel', title: 'Travel' },
    { slug: 'small-things', title: 'Small things' },
  ],
  products: [
    {
      title: 'Commuter backpack, 22 litres', code: 'COMM-22', brand: 'Tramway', shelf: 'day-bags', price: 89,
      about: 'A sleeve for a laptop, a pocket for a wet umbrella and a strap that finds its length. Waxed cotton that can be waxed again.',
      colors: ['Coral', 'Petrol', 'Ink'], rating: [4.6, 341], age: 175, stock: [44, 41, 33],
      picture: { emoji: '1f392', noun: 'backpack with yellow zips', stand: 'plinth', part: [310, 25], size: 430 },
    },
    {
      title: 'Transit cabin case, 36 litres', code: 'TRANSIT-36', brand: 'Tramway', shelf: 'travel', price: 189, was: 229,
      about: 'Measures 55 × 38 × 22 cm, so it goes on board everywhere. Wheels, handle and lock can be changed with one key.',
      colors: ['Green', 'Coral', 'Ink'], rating: [4.6, 205], age: 70, stock: [14, 12, 9],
      picture: { emoji: '1f9f3', noun: 'cabin case with a tag', stand: 'floor', part: [180, 255], size: 520 },
    },
    {
      title: 'Weekend handbag', code: 'WEEKEND', brand: 'Tramway', shelf: 'day-bags', price: 165,
      about: 'Vegetable-tanned leather over a canvas body. Stands open while you look for your keys.',
      rating: [4.5, 64], age: 115, stock: [16],
      picture: { emoji: '1f45c', noun: 'two-tone leather handbag', stand: 'plinth', ground: '#a9c6d4', size: 420 },
    },
    {
      title: 'Ledger briefcase', code: 'LEDGER', brand: 'Tramway', shelf: 'day-bags', price: 240,
      about: 'Saddle leather, two compartments and a lock that closes with a good sound.',
      colors: ['Brown', 'Ink', 'Green'], rating: [4.7, 42], age: 280,
      picture: { emoji: '1f4bc', noun: 'leather briefcase', stand: 'plinth', part: 'all', asIs: 'Brown', size: 430 },
    },
    {
      title: 'Kiss-lock purse', code: 'KISS', brand: 'Velo Sud', shelf: 'small-things', price: 39,
      about: 'Opens wide, shuts with a click and holds more coins than it should.',
      colors: ['Coral', 'Petrol', 'Moss'], rating: [4.4, 109], age: 5,
      picture: { emoji: '1f45b', noun: 'purse with a brass clasp', stand: 'plinth', part: [320, 15], size: 400 },
    },
    {
      title: 'Market tote, pair', code: 'MARKET', brand: 'Tramway', shelf: 'day-bags', price: 22,
      about: 'One large, one small, both in canvas that stands by itself at the till.',
      rating: [4.3, 187], age: 360, stock: [95],
      picture: { emoji: '1f6cd-fe0f', noun: 'blue and orange shopping bags', stand: 'plinth', ground: '#f1c3a6', size: 430 },
    },
    {
      title: 'Dawn wash pouch', code: 'DAWN', brand: 'Velo Sud', shelf: 'travel', price: 28, was: 34,
      about: 'Water stays in or out, as you like. Unzips flat on the edge of a small basin.',
      colors: ['Rose', 'Sand', 'Blue'], rating: [4.5, 83], age: 48,
      picture: { emoji: '1f45d', noun: 'zipped pouch', stand: 'plinth', part: [325, 30], asIs: 'Rose', size: 400 },
    },
    {
      title: 'Works tool case', code: 'WORKS', brand: 'Orrin', shelf: 'small-things', price: 95,
      about: 'Folded steel with a tray that lifts out. Room for what you need, and a little for what you might.',
      colors: ['Coral', 'Petrol', 'Yellow'], rating: [4.8, 57], age: 145,
      picture: { emoji: '1f9f0', noun: 'steel tool case', stand: 'plinth', part: [330, 15], size: 440 },
    },
  ],
}
