import { type DemoCategory, SHOES } from './demo.ts'

export const outdoors: DemoCategory = {
  slug: 'outdoors',
  title: 'Outdoors',
  description: 'For walking, rolling, sleeping out and looking up.',
  shelves: [
    { slug: 'walking-and-camp', title: 'Walking and camp' },
    { slug: 'wheels', title: 'Wheels' },
    { slug: 'sky', title: 'Sky' },
  ],
  products: [
    {
      title: 'Moor hiking boot', code: 'MOOR', brand: 'Tramway', shelf: 'walking-and-camp', price: 165,
      about: 'Nubuck over a stiff sole, broken in before you get it. Can be resoled twice.',
      colors: ['Yellow', 'Brown'], option: SHOES, rating: [4.7, 146], age: 125,
      picture: { emoji: '1f97e', noun: 'hiking boot', stand: 'floor', part: [25, 60], asIs: 'Yellow', size: 440 },
    },
    {
      title: 'Perseid tabletop telescope', code: 'PERSEID', brand: 'Orrin', shelf: 'sky', price: 310,
      about: 'Shows the rings of Saturn from a balcony. Set up in a minute; the next batch comes in December.',
      rating: [4.6, 33], age: 240, stock: [0],
      picture: { emoji: '1f52d', noun: 'telescope on a tripod', stand: 'floor', ground: '#f0d58b', size: 520 },
    },
    {
      title: 'Pavement skateboard', code: 'PAVEMENT', brand: 'Velo Sud', shelf: 'wheels', price: 95,
      about: 'Seven plies of maple and wheels that forgive cobbles. Ready to ride.',
      colors: ['Petrol', 'Coral'], rating: [4.1, 38], age: 1,
      picture: { emoji: '1f6f9', noun: 'skateboard seen from below', stand: 'wall', part: [220, 290], size: 540 },
    },
    {
      title: 'Errand city bicycle', code: 'ERRAND', brand: 'Velo Sud', shelf: 'wheels', price: 780,
      about: 'A low frame, three gears and a chain in a case. Lights that run by themselves, a rack that takes a crate.',
      colors: ['Coral', 'Petrol', 'Green'], option: { name: 'Frame', values: [['S', 0], ['M', 0], ['L', 0]] }, rating: [4.7, 51], age: 185,
      picture: { emoji: '1f6b2', noun: 'city bicycle', stand: 'floor', part: [335, 15], size: 560 },
    },
    {
      title: 'Lee two-person tent', code: 'LEE', brand: 'Nordlys', shelf: 'walking-and-camp', price: 290, was: 340,
      about: 'Stands in four minutes, weighs 2.1 kg and has room for two people and one wet dog.',
      colors: ['Green', 'Coral'], rating: [4.5, 74], age: 42,
      picture: { emoji: '26fa', noun: 'tent under a crescent moon', stand: 'floor', part: [90, 160], asIs: 'Green', size: 520 },
    },
    {
      title: 'Bearing compass', code: 'BEARING', brand: 'Orrin', shelf: 'walking-and-camp', price: 48,
      about: 'Brass, liquid-damped, and older in design than any satellite. Works in a pocket with keys.',
      rating: [4.8, 89], age: 310, stock: [46],
      picture: { emoji: '1f9ed', noun: 'brass compass', stand: 'wall', ground: '#a8bfae', size: 430 },
    },
    {
      title: 'Beam hand torch', code: 'BEAM', brand: 'Nordlys', shelf: 'walking-and-camp', price: 34,
      about: 'Two brightnesses and a switch one finds with gloves on. Runs on what the kiosk sells.',
      rating: [4.4, 132], age: 195, stock: [62],
      picture: { emoji: '1f526', noun: 'shining torch', stand: 'wall', ground: '#98a9c9', size: 460 },
    },
    {
      title: 'Gust diamond kite', code: 'GUST', brand: 'Nursery Row', shelf: 'sky', price: 42,
      about: 'Flies in the lightest wind that moves a leaf. Spare spars and fifty metres of line are in the bag.',
      rating: [4.5, 63], age: 7, stock: [29],
      picture: { emoji: '1fa81', noun: 'kite in four colours', stand: 'wall', ground: '#b9cfe0', size: 540 },
    },
  ],
}
