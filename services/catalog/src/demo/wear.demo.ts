import { CLOTHES, type DemoCategory, SHOES } from './demo.ts'

export const wear: DemoCategory = {
  slug: 'wear',
  title: 'Wear',
  description: 'Clothes and shoes that are made to be mended.',
  shelves: [
    { slug: 'shoes', title: 'Shoes' },
    { slug: 'clothing', title: 'Clothing' },
    { slug: 'accessories', title: 'Accessories' },
  ],
  products: [
    {
      title: 'Tempo road shoe', code: 'TEMPO', brand: 'Velo Sud', shelf: 'shoes', price: 128,
      about: 'Light, with a sole that gives back what you put in. The upper is knitted in one piece and dries overnight.',
      colors: ['Petrol', 'Grey'], option: SHOES, rating: [4.4, 178], age: 100,
      picture: { emoji: '1f45f', noun: 'running shoe', stand: 'wall', part: [220, 320], asIs: 'Grey', size: 510 },
    },
    {
      title: 'Meridian field watch', code: 'MERIDIAN', brand: 'Orrin', shelf: 'accessories', price: 119, was: 139,
      about: 'Winds by hand once a day, shows the time in the dark and is shy of nothing down to 100 metres.',
      colors: ['Blue', 'Brown'], rating: [4.8, 96], age: 88, stock: [11, 7],
      picture: { emoji: '231a', noun: 'watch with a round dial', stand: 'plinth', part: [185, 300], size: 430 },
    },
    {
      title: 'Riviera sunglasses', code: 'RIVIERA', brand: 'Velo Sud', shelf: 'accessories', price: 64, was: 80,
      about: 'Acetate frame, polarised glass, hinges with screws that take an ordinary screwdriver.',
      colors: ['Petrol', 'Brown'], rating: [4.2, 119], age: 62,
      picture: { emoji: '1f576-fe0f', noun: 'sunglasses', stand: 'wall', part: 'all', size: 480 },
    },
    {
      title: 'Six-panel cap', code: 'SIXPANEL', brand: 'Velo Sud', shelf: 'accessories', price: 29,
      about: 'Cotton twill, a soft front and a strap that adjusts with one hand.',
      colors: ['Blue', 'Coral', 'Moss'], rating: [4.3, 141], age: 155,
      picture: { emoji: '1f9e2', noun: 'cap', stand: 'plinth', part: 'all', asIs: 'Blue', size: 420 },
    },
    {
      title: 'Plain T-shirt', code: 'PLAIN', brand: 'Velo Sud', shelf: 'clothing', price: 32,
      about: 'Heavy organic cotton, knitted round, so nothing twists in the wash. The same cut for ten years.',
      colors: ['Moss', 'Coral', 'Cream'], option: CLOTHES, rating: [4.6, 512], age: 450,
      picture: { emoji: '1f455', noun: 'T-shirt', stand: 'wall', part: 'all', size: 500 },
    },
    {
      title: 'Loop lambswool scarf', code: 'LOOP', brand: 'Nordlys', shelf: 'accessories', price: 49,
      about: 'Two metres of lambswool from one mill. Warm at the first turn, enough for two.',
      colors: ['Coral', 'Petrol', 'Sand'], rating: [4.7, 168], age: 15,
      picture: { emoji: '1f9e3', noun: 'knotted scarf', stand: 'wall', part: 'all', size: 470 },
    },
    {
      title: 'Overcast coat', code: 'OVERCAST', brand: 'Nordlys', shelf: 'clothing', price: 260, was: 310,
      about: 'Bonded cotton that keeps rain out and lets the tram ride be bearable. Deep pockets, inside and out.',
      colors: ['Sand', 'Ink', 'Green'], option: CLOTHES, rating: [4.5, 79], age: 52,
      picture: { emoji: '1f9e5', noun: 'coat', stand: 'wall', part: 'all', asIs: 'Sand', size: 540 },
    },
    {
      title: 'Frost wool gloves', code: 'FROST', brand: 'Nordlys', shelf: 'accessories', price: 27,
      about: 'Merino with a thread in two fingertips, so that the phone believes it is you.',
      colors: ['Petrol', 'Rose', 'Ink'], rating: [4.4, 95], age: 12,
      picture: { emoji: '1f9e4', noun: 'pair of knitted gloves', stand: 'wall', part: 'all', size: 440 },
    },
    {
      title: 'Stripe socks, two pairs', code: 'STRIPE', brand: 'Nordlys', shelf: 'clothing', price: 15,
      about: 'Reinforced where they wear out first. They stay up.',
      option: { name: 'Size', values: [['36-38', 0], ['39-42', 0], ['43-46', 0]] }, rating: [4.6, 224], age: 320,
      picture: { emoji: '1f9e6', noun: 'green socks with blue heels', stand: 'wall', ground: '#e8b7a0', size: 470 },
    },
    {
      title: 'Margin reading glasses', code: 'MARGIN', brand: 'Orrin', shelf: 'accessories', price: 45,
      about: 'Clear lenses in four strengths, in a frame one does not have to hide.',
      option: { name: 'Strength', values: [['+1.0', 0], ['+1.5', 0], ['+2.0', 0], ['+2.5', 0]] }, rating: [4.1, 52], age: 230,
      picture: { emoji: '1f453', noun: 'reading glasses with blue lenses', stand: 'wall', ground: '#f2cf9c', size: 480 },
    },
    {
      title: 'Straight jeans', code: 'STRAIGHT', brand: 'Velo Sud', shelf: 'clothing', price: 98,
      about: 'Thirteen-ounce denim, straight from the hip. We mend them free for as long as there is something to mend.',
      colors: ['Blue', 'Ink'], option: { name: 'Waist', values: [['30', 0], ['32', 0], ['34', 0], ['36', 0]] }, rating: [4.5, 261], age: 205,
      picture: { emoji: '1f456', noun: 'pair of straight jeans', stand: 'wall', part: 'all', asIs: 'Blue', size: 560 },
    },
    {
      title: 'Harper derby shoe', code: 'HARPER', brand: 'Tramway', shelf: 'shoes', price: 175,
      about: 'Full-grain leather, a sewn sole and a last that is kind to wide feet.',
      colors: ['Brown', 'Ink'], option: SHOES, rating: [4.6, 67], age: 165,
      picture: { emoji: '1f45e', noun: 'leather derby shoe', stand: 'floor', part: 'all', asIs: 'Brown', size: 440 },
    },
    {
      title: 'Garden sun hat', code: 'GARDEN', brand: 'Nordlys', shelf: 'accessories', price: 45,
      about: 'Plaited straw with a ribbon you may take off. Packs flat and comes back.',
      rating: [4.3, 48], age: 8, stock: [0],
      picture: { emoji: '1f452', noun: 'straw hat with a red ribbon', stand: 'plinth', ground: '#9cc4bb', size: 420 },
    },
  ],
}
