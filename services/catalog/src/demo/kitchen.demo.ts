import type { DemoCategory } from './demo.ts'

export const kitchen: DemoCategory = {
  slug: 'kitchen',
  title: 'Kitchen',
  description: 'Things that pour, cut, hold and last.',
  shelves: [
    { slug: 'tea-and-coffee', title: 'Tea and coffee' },
    { slug: 'cooking', title: 'Cooking' },
    { slug: 'table', title: 'Table' },
  ],
  products: [
    {
      title: 'Pomona teapot, 1.1 litres', code: 'POM', brand: 'Ostra', shelf: 'tea-and-coffee', price: 42, was: 54,
      about: 'Glazed stoneware with a spout that does not drip. The lid stays on when you pour the last cup, and the basket comes out for washing.',
      colors: ['Green', 'Cream', 'Blue'], rating: [4.9, 87], age: 80, stock: [12, 8, 6],
      picture: { emoji: '1fad6', noun: 'glazed teapot', stand: 'plinth', part: [280, 60], size: 440 },
    },
    {
      title: 'Morning cup and saucer', code: 'MORNING', brand: 'Ostra', shelf: 'tea-and-coffee', price: 18,
      about: 'Holds 220 ml, keeps warm for as long as a newspaper takes, and stacks without sticking.',
      colors: ['Cream', 'Green'], rating: [4.7, 402], age: 400, stock: [120, 64],
      picture: { emoji: '2615', noun: 'cup and saucer with coffee', stand: 'plinth', part: [190, 320], size: 360 },
    },
    {
      title: 'Harbour tea cup on a board', code: 'HARBOUR', brand: 'Ostra', shelf: 'tea-and-coffee', price: 26,
      about: 'A wide cup for tea that needs room, on a walnut board for the biscuit.',
      rating: [4.4, 66], age: 150,
      picture: { emoji: '1f375', noun: 'steaming white cup on a wooden board', stand: 'plinth', ground: '#a9c6d4', size: 400 },
    },
    {
      title: 'Dipper serving spoon', code: 'DIPPER', brand: 'Canteen', shelf: 'table', price: 14,
      about: 'One piece of brushed steel with a deep bowl. It rests on the edge of a pot without sliding in.',
      rating: [4.6, 58], age: 220, stock: [85],
      picture: { emoji: '1f944', noun: 'steel serving spoon', stand: 'wall', ground: '#efc9bb', size: 520 },
    },
    {
      title: 'Galley knife', code: 'GALLEY', brand: 'Canteen', shelf: 'cooking', price: 64,
      about: 'Carbon steel that takes an edge from a plain stone. The handle is riveted, so it can be replaced in twenty years.',
      colors: ['Blue', 'Brown', 'Green'], option: { name: 'Length', values: [['16 cm', 0], ['20 cm', 10]] }, rating: [4.8, 134], age: 95,
      picture: { emoji: '1f52a', noun: 'kitchen knife', stand: 'wall', part: [200, 260], asIs: 'Blue', size: 540 },
    },
    {
      title: 'Batter mixing bowl', code: 'BATTER', brand: 'Ostra', shelf: 'cooking', price: 29,
      about: 'Heavy at the bottom, so it stays where it is. Marks inside for half a litre, one and two.',
      colors: ['Blue', 'Coral', 'Yellow'], rating: [4.5, 121], age: 180,
      picture: { emoji: '1f963', noun: 'mixing bowl with a spoon', stand: 'plinth', part: [200, 260], asIs: 'Blue', size: 430 },
    },
    {
      title: 'Brine salt shaker', code: 'BRINE', brand: 'Canteen', shelf: 'table', price: 12,
      about: 'Pressed glass and a steel cap with five holes, because four are too few and six too many.',
      rating: [4.2, 77], age: 260, stock: [140],
      picture: { emoji: '1f9c2', noun: 'glass salt shaker', stand: 'plinth', ground: '#f2cf9c', size: 400 },
    },
    {
      title: 'Sunday pan', code: 'SUNDAY', brand: 'Canteen', shelf: 'cooking', price: 59,
      about: 'Forged iron, seasoned before it ships. Eggs slide, onions brown, and it only gets better.',
      option: { name: 'Diameter', values: [['24 cm', 0], ['28 cm', 12]] }, rating: [4.7, 189], age: 30,
      picture: { emoji: '1f373', noun: 'dark pan with a fried egg', stand: 'wall', ground: '#cfdcb9', size: 480 },
    },
    {
      title: 'Larder jar', code: 'LARDER', brand: 'Canteen', shelf: 'cooking', price: 9,
      about: 'Closes airtight with half a turn. The label can be written on with a pencil and wiped clean.',
      option: { name: 'Volume', values: [['0.5 l', 0], ['1 l', 3], ['2 l', 7]] }, rating: [4.6, 251], age: 330,
      picture: { emoji: '1fad9', noun: 'glass jar with a label', stand: 'plinth', ground: '#e9b9c4', size: 400 },
    },
    {
      title: 'Feria paella pan', code: 'FERIA', brand: 'Canteen', shelf: 'cooking', price: 48, was: 58,
      about: 'Wide and shallow, for rice that should stick a little. Two handles that stay cool for longer than you think.',
      rating: [4.3, 39], age: 110, stock: [18],
      picture: { emoji: '1f958', noun: 'paella in its pan, from above', stand: 'wall', ground: '#aebfd9', size: 500 },
    },
    {
      title: 'Everyday plate, set of four', code: 'EVERYDAY', brand: 'Ostra', shelf: 'table', price: 52,
      about: 'Thin stoneware with a rim that stops the sauce. Goes into the oven, the freezer and the dishwasher.',
      rating: [4.8, 146], age: 75, stock: [34],
      picture: { emoji: '1f37d-fe0f', noun: 'white plate with knife and fork', stand: 'wall', ground: '#9cc4bb', size: 560 },
    },
    {
      title: 'Gather fondue pot', code: 'GATHER', brand: 'Ostra', shelf: 'table', price: 88,
      about: 'Enamelled iron over a small flame, with four forks. It keeps the table together until the pot is empty.',
      colors: ['Coral', 'Petrol'], rating: [4.4, 28], age: 6,
      picture: { emoji: '1fad5', noun: 'fondue pot over a flame', stand: 'plinth', part: [315, 15], size: 430 },
    },
  ],
}
