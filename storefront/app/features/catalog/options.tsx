import type { Picture as PictureData, Product } from '@vitrine/contracts/catalog'
import type { OptionChoice, Selection } from '#app/features/catalog/choose-variant.ts'
import { choicesFor } from '#app/features/catalog/choose-variant.ts'
import { formatMoneyShort } from '#app/format.ts'
import { Picture } from '#app/ui/picture.tsx'

interface ChoiceLinkProps {
  choice: OptionChoice
  path: string
  picture: PictureData | undefined
  showsPrice: boolean
}

function ChoiceLink({ choice, path, picture, showsPrice }: ChoiceLinkProps) {
  return (
    <a
      className={choice.isAvailable ? 'value' : 'value value--out'}
      href={`${path}?${choice.query}`}
      aria-current={choice.isChosen || undefined}
      rel="nofollow"
      data-option
    >
      {picture && (
        <span className="pane">
          <Picture picture={picture} sizes="3rem" alt="" />
        </span>
      )}
      <span>{choice.value}</span>
      {!choice.isAvailable && <small>{choice.isMade ? 'Sold out' : 'Not made'}</small>}
      {choice.isAvailable && showsPrice && choice.variant && <small>{formatMoneyShort(choice.variant.price)}</small>}
    </a>
  )
}

/** The option matrix as links: each value changes the address, so it works without a script. */
export function Options({ product, selection }: { product: Product; selection: Selection }) {
  const path = `/products/${product.slug}`
  const hasPrices = product.priceRange.min.amount !== product.priceRange.max.amount
  return product.options.map((option, index) => {
    const choices = choicesFor(product, option.name, selection)
    const prices = new Set(choices.map((choice) => choice.variant?.price.amount))
    return (
      <div key={option.name} className="option" role="group" aria-labelledby={`option-${index}`}>
        <p className="option__name" id={`option-${index}`}>
          <b>{option.name}</b> <span>{selection[option.name]}</span>
        </p>
        <div className="option__values">
          {choices.map((choice) => (
            <ChoiceLink
              key={choice.value}
              choice={choice}
              path={path}
              picture={option.swatches && product.pictures.find((one) => one.id === choice.variant?.pictureIds[0])}
              showsPrice={hasPrices && prices.size > 1}
            />
          ))}
        </div>
      </div>
    )
  })
}
