package rules

import (
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"
)

// readVariants reads the variants, which join those of the base.
func (l *loader) readVariants(b block) {
	if l.base != nil {
		l.journey.Variants = slices.Clone(l.base.Variants)
	}
	n := b.values["variants"]
	if n == nil {
		return
	}
	f, list := l.follow(b.file, n)
	if list == nil {
		return
	}
	if list.Kind != yaml.SequenceNode {
		f.mistake(list, "%s where a list of variants should be", kind(list))
		return
	}
	seen := map[string]bool{}
	for _, v := range list.Content {
		variant := readVariant(f, v)
		if seen[variant.Name] {
			f.mistake(v, "variant %q comes twice", variant.Name)
		}
		seen[variant.Name] = true
		l.journey.addVariant(variant)
	}
	if len(l.journey.Variants) > MaxVariants {
		f.mistake(list, "%d variants: a journey may have %d", len(l.journey.Variants), MaxVariants)
	}
}

func readVariant(f file, n *node) Variant {
	b := f.open(n, variantKeys)
	v := Variant{Name: b.needWord("name"), Doc: b.text("doc")}
	for _, w := range b.list("frames") {
		r := f.open(w, whichKeys)
		v.When = append(v.When, VariantRule{Events: readEvents(r), When: readConditions(r)})
	}
	return v
}

// addVariant adds v, or puts it in the place of the variant of the same name.
func (j *Journey) addVariant(v Variant) {
	for i := range j.Variants {
		if j.Variants[i].Name == v.Name {
			j.Variants[i] = v
			return
		}
	}
	j.Variants = append(j.Variants, v)
}

// readPhrases reads the phrases, which take the place of those of the base.
func (l *loader) readPhrases(b block) {
	if l.base != nil {
		maps.Copy(l.journey.phrases, l.base.phrases)
	}
	names := PhraseNames()
	own := block{file: b.file, node: b.node}
	if n := b.values["phrases"]; n != nil {
		f, at := l.follow(b.file, n)
		if at == nil {
			return
		}
		own = f.open(at, names)
	}
	for _, name := range names {
		if n := own.values[name]; n != nil {
			l.journey.phrases[name] = own.newSentence(n)
		} else if l.journey.phrases[name] == nil {
			own.mistake(own.node, "phrase %q is missing", name)
		}
	}
}
