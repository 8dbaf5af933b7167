// Package words is the catalogue of what the program itself says about a journey, in every language: heads and legends
// of tables, what doctor advises, the questions of a report. The sentences of the documented journey (names, explanations, reasons,
// differences) are data of the journey, in rules/web, under the numbers of steps and the names of phrases.
package words

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"github.com/pktjourney/pktjourney/rules"
)

// Of is the text with that id: what it belongs to, a dot, and its name, as in "doctor.no-dhcp". One that the catalogue
// does not have is a mistake in the program: Of panics.
func Of(id string) rules.Text {
	t, ok := catalogue[id]
	if !ok {
		panic(fmt.Sprintf("words: the catalogue has no text %q", id))
	}
	return t
}

// Tables gives T in each language, by rules.Lang. T is a struct of strings and arrays of strings; the text of the field
// MoreFrames has the id "<prefix>.more-frames", and those of an array "<prefix>.more-frames.1" and so on. It panics as Of does.
func Tables[T any](prefix string) (tables [2]T) {
	for lang := range tables {
		v := reflect.ValueOf(&tables[lang]).Elem()
		for i := range v.NumField() {
			id := prefix + "." + kebab(v.Type().Field(i).Name)
			fill(v.Field(i), id, rules.Lang(lang))
		}
	}
	return tables
}

// fill gives field its text.
func fill(field reflect.Value, id string, lang rules.Lang) {
	if field.Kind() != reflect.Array {
		field.SetString(Of(id).In(lang))
		return
	}
	for i := range field.Len() {
		fill(field.Index(i), fmt.Sprintf("%s.%d", id, i+1), lang)
	}
}

// kebab writes the name of a field as in an id: "AnyPhase" is "any-phase", "NoDHCP" is "no-dhcp".
func kebab(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
