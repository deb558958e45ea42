import type { ReactNode } from 'react'

const SHAPES = {
  bag: (
    <>
      <path d="M5.5 8.5h13l1 11.5h-15z" />
      <path d="M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11" />
    </>
  ),
  box: (
    <>
      <path d="m12 3.5 8 4.200v8.600l-8 4.2-8-4.200V7.700z" />
      <path d="m4.3 7.9 7.7 4 7.7-4M12 12v8.3" />
    </>
  ),
  chart: <path d="M5 19V11M12 19V5M19 19v-6" />,
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  'chevron-down': <path d="m6.5 9.5 5.5 5.5 5.5-5.5" />,
  'chevron-left': <path d="m14.5 6-6 6 6 6" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.2 2" />
    </>
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
      <path d="M15.5 5.5v-1h-11v11h1" />
    </>
  ),
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  eye: (
    <>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" />
      <circle cx="12" cy="12" r="2.7" />
    </>
  ),
  filter: (
    <>
      <path d="M4 7h10M18 7h2M4 17h2M10 17h10" />
      <circle cx="16" cy="7" r="2" />
      <circle cx="8" cy="17" r="2" />
    </>
  ),
  flask: <path d="M10 4v6l-5 8.5a1 1 0 0 0 .9 1.5h12.200a1 1 0 0 0 .9-1.5L14 10V4M8.5 4h7M7.5 15h9" />,
  gear: (
    <>
      <circle cx="12" cy="12" r="3" />
      <path d="M12 3.5v2.700M12 17.800v2.700M3.5 12h2.700M17.8 12h2.700M6 6l1.9 1.900M16.1 16.1 18 18M18 6l-1.9 1.900M7.9 16.1 6 18" />
    </>
  ),
  heart: <path d="M12 19.5S4 15 4 9.300A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 8 1.800C20 15 12 19.5 12 19.5z" />,
  home: <path d="M4 11.5 12 4.5l8 7V20h-5.5v-5h-5v5H4z" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 8v.1" />
    </>
  ),
  leave: <path d="M10 5H5v14h14v-5M14 4.5h5.5V10M19 5l-8 8" />,
  list: <path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01" />,
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
      <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />
    </>
  ),
  mail: (
    <>
      <rect x="3.5" y="5.5" width="17" height="13" rx="2" />
      <path d="m4 7 8 6 8-6" />
    </>
  ),
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  minus: <path d="M6 12h12" />,
  more: <path d="M6 12h.01M12 12h.01M18 12h.01" strokeWidth="2.8" />,
  note: (
    <>
      <path d="M5 4.5h14v10l-5 5H5z" />
      <path d="M14 19.5v-5h5M8.5 9h7M8.5 12.5h4" />
    </>
  ),
  pencil: <path d="m4.5 19.5 1-4L16 5l3 3L8.5 18.5z" />,
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.2" />
      <path d="M3 19c.5-3.4 2.8-5 6-5s5.5 1.6 6 5M15.5 5.600a3.2 3.2 0 0 1 0 5.800M17.5 14.300c2 .6 3.2 2.2 3.5 4.7" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="3.75" />
      <path d="M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6" />
    </>
  ),
  picture: (
    <>
      <rect x="3.5" y="4.5" width="17" height="15" rx="2" />
      <circle cx="9" cy="10" r="1.6" />
      <path d="m4 17.5 5-4 3 2.5 3.5-3.5 5 4.5" />
    </>
  ),
  pin: (
    <>
      <path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z" />
      <circle cx="12" cy="10" r="2.3" />
    </>
  ),
  plus: <path d="M12 6v12M6 12h12" />,
  print: (
    <>
      <path d="M7 9V4h10v5M7 17H4.5V9h15v8H17" />
      <path d="M7 14h10v6H7z" />
    </>
  ),
  refresh: <path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.400L19.5 9M19.5 4.5V9H15" />,
  return: (
    <>
      <path d="M4 9h11a5 5 0 0 1 0 10H9" />
      <path d="M8 5 4 9l4 4" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m20 20-4.2-4.2" />
    </>
  ),
  shield: (
    <>
      <path d="M12 3.5 5 6v5.5c0 4.3 2.8 7.4 7 9 4.2-1.6 7-4.7 7-9V6z" />
      <path d="m9 12 2.2 2.200L15.2 10" />
    </>
  ),
  star: <path d="m12 3.6 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.900L3.5 9.8 9.4 9z" />,
  truck: (
    <>
      <path d="M3 6.5h11v10H3zM14 10h4l3 3.200v3.300h-7z" />
      <circle cx="7.5" cy="17.5" r="1.8" />
      <circle cx="17" cy="17.5" r="1.8" />
    </>
  ),
  upload: <path d="M12 16V5M7.5 9 12 4.5 16.5 9M4.5 19.5h15" />,
  warning: (
    <>
      <path d="M12 4 2.8 19.5h18.400z" />
      <path d="M12 10v4.5M12 17v.1" />
    </>
  ),
  download: <path d="M12 4v11M7.5 11 12 15.5 16.5 11M4.5 19.5h15" />,
  'chevron-right': <path d="m9.5 6 6 6-6 6" />,
  gift: <path d="M4 9h16v4H4zM5.5 13v7h13v-7M12 9v11M12 9S7 8.5 7.5 6 11 5 12 9zM12 9s5-.5 4.5-3S13 5 12 9z" />,
  card: (
    <>
      <rect x="3" y="5.5" width="18" height="13" rx="2" />
      <path d="M3 10h18M6.5 15h3" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

/** A drawing beside words; it says nothing by itself, so give the words, visible or with `className="sr"`. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  )
}
