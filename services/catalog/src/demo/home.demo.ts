import type { DemoCategory } from './demo.ts'

export const home: DemoCategory = {
  slug: 'home',
  title: 'Home',
  description: 'To sit on, to look at, to wake up by.',
  shelves: [
    { slug: 'furniture', title: 'Furniture' },
    { slug: 'light-and-time', title: 'Light and time' },
    { slug: 'plants', title: 'Plants' },
    { slug: 'books-and-play', title: 'Books and play' },
  ],
  products: [
    {
      title: 'Canteen chair', code: 'CANTEEN', brand: 'Canteen', shelf: 'furniture', price: 140,
      about: 'Bent beech with a seat that is wider than it looks. Carries 140 kg, stacks five high and needs no tools.',
      colors: ['Brown', 'Green', 'Cream'], rating: [4.8, 73], age: 210,
      picture: { emoji: '1fa91', noun: 'wooden chair', stand: 'floor', part: 'all', asIs: 'Brown', size: 470 },
    },
    {
      title: 'Lounge two-seat sofa', code: 'LOUNGE-2', brand: 'Canteen', shelf: 'furniture', price: 890,
      about: 'Two seats, loose covers, and legs that unscrew for narrow stairs. The lamp in the picture is not part of it.',
      colors: ['Petrol', 'Coral', 'Sand'], rating: [4.4, 38], age: 140, stock: [5, 4, 3],
      picture: { emoji: '1f6cb-fe0f', noun: 'two-seat sofa beside a reading lamp', stand: 'floor', part: [190, 260], size: 560 },
    },
    {
      title: 'Mantel clock', code: 'MANTEL', brand: 'Orrin', shelf: 'light-and-time', price: 98,
      about: 'Walnut case, quiet movement, hands that can be read from the far end of the room.',
      rating: [4.3, 61], age: 190, stock: [9],
      picture: { emoji: '1f570-fe0f', noun: 'brown mantel clock', stand: 'plinth', ground: '#a9c6d4', size: 400 },
    },
    {
      title: 'Barnaby bear', code: 'BARNABY', brand: 'Nursery Row', shelf: 'books-and-play', price: 34,
      about: 'Stuffed with wool, stitched twice, washable at 40 degrees. Sits by himself.',
      rating: [4.9, 318], age: 500, stock: [240],
      picture: { emoji: '1f9f8', noun: 'sitting teddy bear', stand: 'plinth', ground: '#b9cfe0', size: 420 },
    },
    {
      title: 'Vesper beeswax candle', code: 'VESPER', brand: 'Greenhouse No. 4', shelf: 'light-and-time', price: 16,
      about: 'Pure beeswax with a cotton wick. Burns for thirty hours and smells of very little.',
      rating: [4.5, 92], age: 55, stock: [76],
      picture: { emoji: '1f56f-fe0f', noun: 'burning candle', stand: 'plinth', ground: '#98a9c9', size: 430 },
    },
    {
      title: 'Three quiet novels', code: 'NOVELS', brand: 'Nursery Row', shelf: 'books-and-play', price: 39, was: 45,
      about: 'Three short novels in cloth: one by the sea, one on a train, one in a kitchen. Nobody is murdered.',
      rating: [4.6, 44], age: 20, stock: [51],
      picture: { emoji: '1f4da', noun: 'three cloth-bound books', stand: 'plinth', ground: '#e6d3b5', size: 410 },
    },
    {
      title: 'Hollow low bed', code: 'HOLLOW', brand: 'Canteen', shelf: 'furniture', price: 640,
      about: 'A frame of ash with slats you can set harder or softer. Drawers below, for what has no other place.',
      colors: ['Blue', 'Moss'], option: { name: 'Width', values: [['140 cm', 0], ['160 cm', 60], ['180 cm', 120]] }, rating: [4.2, 26], age: 160,
      picture: { emoji: '1f6cf-fe0f', noun: 'low bed with a folded blanket', stand: 'floor', part: [200, 232], asIs: 'Blue', size: 540 },
    },
    {
      title: 'Marigold mirror', code: 'MARIGOLD', brand: 'Ostra', shelf: 'furniture', price: 120,
      about: 'Hand-cast frame around true, thin glass. Hangs on one screw.',
      colors: ['Yellow', 'Green'], rating: [4.7, 35], age: 85,
      picture: { emoji: '1fa9e', noun: 'mirror in a petalled frame', stand: 'wall', part: [20, 65], asIs: 'Yellow', size: 520 },
    },
    {
      title: 'Willow log basket', code: 'WILLOW', brand: 'Greenhouse No. 4', shelf: 'furniture', price: 38,
      about: 'Woven from whole willow, with a handle that goes through the bottom. For logs, laundry or toys.',
      rating: [4.6, 88], age: 240, stock: [27],
      picture: { emoji: '1f9fa', noun: 'woven basket with a handle', stand: 'floor', ground: '#a8bfae', size: 450 },
    },
    {
      title: 'Filament bulb, warm', code: 'FILAMENT', brand: 'Orrin', shelf: 'light-and-time', price: 11,
      about: 'Four watts, light like late afternoon, dims without a hum. Fits any E27 socket.',
      rating: [4.4, 203], age: 410, stock: [300],
      picture: { emoji: '1f4a1', noun: 'glowing light bulb', stand: 'wall', ground: '#98a9c9', size: 430, rotate: 8 },
    },
    {
      title: 'Early alarm clock', code: 'EARLY', brand: 'Orrin', shelf: 'light-and-time', price: 36,
      about: 'Two bells, one spring, no app. It gets louder slowly and stops at a touch.',
      colors: ['Coral', 'Petrol', 'Yellow'], rating: [4.3, 157], age: 65,
      picture: { emoji: '23f0', noun: 'alarm clock with two bells', stand: 'plinth', part: [335, 15], size: 410 },
    },
    {
      title: 'Pepper elder in a clay pot', code: 'ELDER', brand: 'Greenhouse No. 4', shelf: 'plants', price: 24,
      about: 'Grown slowly, so it keeps its shape. Likes a bright corner and a glass of water on Sundays.',
      rating: [4.6, 233], age: 130, stock: [58],
      picture: { emoji: '1fab4', noun: 'young plant in a clay pot', stand: 'plinth', ground: '#efc9bb', size: 430 },
    },
    {
      title: 'Column cactus', code: 'CACTUS', brand: 'Greenhouse No. 4', shelf: 'plants', price: 29,
      about: 'Knee-high, patient and very hard to kill. Comes with its pot and a leaflet of six lines.',
      rating: [4.5, 71], age: 35, stock: [3],
      picture: { emoji: '1f335', noun: 'green cactus with two arms', stand: 'floor', ground: '#f3d8a9', size: 500 },
    },
    {
      title: 'Field notebook', code: 'FIELD', brand: 'Nursery Row', shelf: 'books-and-play', price: 19,
      about: 'Opens flat, takes fountain pens, has a pocket at the back and 192 numbered pages.',
      colors: ['Ink', 'Coral', 'Green'], option: { name: 'Ruling', values: [['Plain', 0], ['Lined', 0], ['Dots', 0]] }, rating: [4.7, 276], age: 270,
      picture: { emoji: '1f4d3', noun: 'notebook with a ribbon', stand: 'plinth', part: 'all', size: 420 },
    },
  ],
}
