import { Form } from '@remix-run/react'
import type { Category } from '@vitrine/contracts/categories'
import { count } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx'

export interface CategoryChoice {
  slug: string
  title: string
}

export interface CategoryFormState {
  /** The category whose form was refused; empty for the new one. */
  of: string
  values: Record<string, string>
  errors: Record<string, string[] | undefined>
}

const NO_ERRORS: CategoryFormState['errors'] = {}

/** Every category but this one and those below it: what it can hang under. */
const placesFor = (category: Category, choices: CategoryChoice[]): CategoryChoice[] => {
  const below = new Set<string>()
  const visit = (node: Category) => {
    below.add(node.slug)
    node.children.forEach(visit)
  }
  visit(category)
  return choices.filter(({ slug }) => !below.has(slug))
}

function ParentField({ id, value, choices }: { id: string; value: string; choices: CategoryChoice[] }) {
  return (
    <SelectField name="parent" id={`parent-${id}`} label="Stands under" defaultValue={value} isOptional>
      <option value="">The top</option>
      {choices.map(({ slug, title }) => (
        <option key={slug} value={slug}>
          {title}
        </option>
      ))}
    </SelectField>
  )
}

function EditForm({
  category,
  choices,
  state,
}: {
  category: Category
  choices: CategoryChoice[]
  state: CategoryFormState
}) {
  const { id, title, description, parent } = category
  const isOurs = state.of === id
  const values = isOurs ? state.values : { title, description, parent: parent ?? '' }
  const errors = isOurs ? state.errors : NO_ERRORS
  return (
    <details open={isOurs}>
      <summary className="link">
        Change<span className="sr"> {title}</span>
      </summary>
      <Form method="post" className="stack has-fields mt" noValidate>
        <input type="hidden" name="id" value={id} />
        <TextField
          name="title"
          id={`title-${id}`}
          label="Name"
          defaultValue={values.title}
          errors={errors.title}
          maxLength={80}
        />
        <TextAreaField
          name="description"
          id={`description-${id}`}
          label="Text on its page"
          defaultValue={values.description}
          errors={errors.description}
          rows={2}
          isOptional
        />
        <ParentField id={id} value={values.parent ?? ''} choices={placesFor(category, choices)} />
        <div className="row">
          <Button type="submit" name="intent" value="save" tone="primary">
            Save
          </Button>
          {category.children.length === 0 && (
            <Button type="submit" name="intent" value="remove" tone="quiet">
              Delete {title}
            </Button>
          )}
        </div>
      </Form>
    </details>
  )
}

interface TreeProps {
  categories: Category[]
  choices: CategoryChoice[]
  state: CategoryFormState
}

function Move({ category, to, isPossible }: { category: Category; to: 'up' | 'down'; isPossible: boolean }) {
  return (
    <Button type="submit" name="intent" value={to} size="small" tone="quiet" disabled={!isPossible}>
      {to === 'up' ? 'Up' : 'Down'}
      <span className="sr">: {category.title}</span>
    </Button>
  )
}

/** The tree as nested lists. Order and place change by buttons and a field, so keyboard and no script do, too. */
export function CategoryTree({ categories, choices, state }: TreeProps) {
  return (
    <ul className="category-tree">
      {categories.map((category, index) => (
        <li key={category.id} className="stack stack--tight">
          <div className="row row--between">
            <p>
              <a className="medium" href={`/categories/${category.slug}`}>
                {category.title}
              </a>{' '}
              <span className="muted small num">{count(category.productCount, 'product')}</span>
            </p>
            <Form method="post" className="row">
              <input type="hidden" name="id" value={category.id} />
              <Move category={category} to="up" isPossible={index > 0} />
              <Move category={category} to="down" isPossible={index < categories.length - 1} />
            </Form>
          </div>
          <EditForm category={category} choices={choices} state={state} />
          {category.children.length > 0 && (
            <CategoryTree categories={category.children} choices={choices} state={state} />
          )}
        </li>
      ))}
    </ul>
  )
}

export function NewCategoryBox({ choices, state }: { choices: CategoryChoice[]; state: CategoryFormState }) {
  const isOurs = state.of === ''
  const values = isOurs ? state.values : {}
  const errors = isOurs ? state.errors : NO_ERRORS
  return (
    <section className="box stack has-fields" aria-labelledby="new-head">
      <h2 id="new-head">New category</h2>
      <Form method="post" className="stack" noValidate>
        <TextField
          name="title"
          id="new-title"
          label="Name"
          defaultValue={values.title}
          errors={errors.title}
          maxLength={80}
        />
        <TextField
          name="slug"
          label="Address"
          defaultValue={values.slug}
          errors={errors.slug}
          isOptional
          hint="The last part of its address. Left empty, the name makes it."
        />
        <ParentField id="new" value={values.parent ?? ''} choices={choices} />
        <p>
          <Button type="submit" name="intent" value="create" tone="primary">
            Add category
          </Button>
        </p>
      </Form>
    </section>
  )
}
