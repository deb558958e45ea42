interface DemoReview {
  author: string
  rating: number
  title: string
  body: string
}

const OWN: Record<string, DemoReview[]> = {
  LYRA: [
    {
      author: 'Ines R.',
      rating: 5,
      title: 'Forgot I was wearing them',
      body: 'I work with them on from nine to five. No hot ears, no pressure on my glasses. The felt pads are lovely.',
    },
    {
      author: 'Tobias K.',
      rating: 4,
      title: 'Honest sound, short cable',
      body: 'Voices and strings sound right. Bass is there but never shows off. I would have liked a two-metre cable for the desk.',
    },
    {
      author: 'Amara O.',
      rating: 5,
      title: 'Battery really lasts',
      body: 'Charged once for a two-week trip. Changing the pads took me a minute.',
    },
  ],
  KIOSK: [
    {
      author: 'Pauline D.',
      rating: 5,
      title: 'My father uses it',
      body: 'Five buttons, five stations. He has not asked me anything since, which is the highest praise.',
    },
    {
      author: 'Marek S.',
      rating: 5,
      title: 'Opened it with a coin',
      body: 'Battery swapped in two minutes, as promised. More things should be built like this.',
    },
  ],
  POM: [
    {
      author: 'Henrike L.',
      rating: 5,
      title: 'It does not drip',
      body: 'I own four teapots that drip and one that does not. This is the one.',
    },
    {
      author: 'Joris V.',
      rating: 4,
      title: 'Heavier than I thought',
      body: 'Beautiful glaze, a little heavy when full. The basket is easy to clean.',
    },
  ],
}

const POOL: DemoReview[] = [
  {
    author: 'Lena M.',
    rating: 5,
    title: 'Exactly as in the picture',
    body: 'The colour is right, the weight is right, and it came a day early.',
  },
  {
    author: 'Omar B.',
    rating: 5,
    title: 'Bought a second one',
    body: 'The first was for me. The second is for everyone who asked about the first.',
  },
  {
    author: 'Sofie J.',
    rating: 4,
    title: 'Good, with a small wish',
    body: 'Does all it promises. I would have liked one more colour to choose from.',
  },
  {
    author: 'Daniel P.',
    rating: 5,
    title: 'Well made',
    body: 'You can see that somebody thought about the parts one does not see.',
  },
  {
    author: 'Yara H.',
    rating: 3,
    title: 'Fine, but smaller than I imagined',
    body: 'Nice quality. Do read the measures before you order; I did not.',
  },
  {
    author: 'Claire T.',
    rating: 5,
    title: 'Six months in',
    body: 'Used nearly every day and it looks better than when it was new.',
  },
  {
    author: 'Bastian W.',
    rating: 4,
    title: 'Worth the price',
    body: 'Not cheap, but I would rather buy this once than something else three times.',
  },
  { author: 'Noor A.', rating: 5, title: 'A present that was kept', body: 'My sister returns everything. Not this.' },
  {
    author: 'Emil F.',
    rating: 4,
    title: 'Simple and solid',
    body: 'No instructions needed. The packaging was paper only, thank you for that.',
  },
  {
    author: 'Greta N.',
    rating: 5,
    title: 'Makes the room nicer',
    body: 'It stands by the window and people stop to look at it.',
  },
  {
    author: 'Ivo C.',
    rating: 2,
    title: 'Arrived with a scratch',
    body: 'The shop replaced it within three days, hence two stars and not one.',
  },
  {
    author: 'Martha Z.',
    rating: 5,
    title: 'Repairable',
    body: 'I wrote to ask for a spare part and it was in the letterbox two days later.',
  },
]

/** Three or four written reviews of a product; which ones follows from its number. */
export function reviewsOf(code: string, number: number): DemoReview[] {
  const own = OWN[code] ?? []
  const count = 3 + (number % 2)
  const others = Array.from(
    { length: Math.max(0, count - own.length) },
    (_, index) => POOL[(number * 5 + index * 7) % POOL.length],
  )
  return [...own, ...others.filter((review) => review !== undefined)]
}

/** How `count` ratings with this average may be spread over one to five stars. */
export function ratingCountsOf(average: number, count: number): number[] {
  let [low, high] = [0.2, 20]
  const sharesFor = (ratio: number) => [1, 2, 3, 4, 5].map((star) => ratio ** (star - 1))
  const meanOf = (shares: number[]) =>
    shares.reduce((sum, share, index) => sum + share * (index + 1), 0) / shares.reduce((sum, share) => sum + share, 0)
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (meanOf(sharesFor(middle)) < average) low = middle
    else high = middle
  }
  const shares = sharesFor(low)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const counts = shares.map((share) => Math.floor((share / total) * count))
  counts[4] = (counts[4] ?? 0) + count - counts.reduce((sum, value) => sum + value, 0)
  return counts
}
