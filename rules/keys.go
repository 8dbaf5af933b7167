package rules

// The keys of the data files. web/README.md explains them and web/schema.json
// tells editors of them.
var (
	journeyKeys    = []string{"name", "title", "asked", "variants", "phrases", "phases"}
	phaseKeys      = []string{"number", "name", "explanation", "steps", "stepless"}
	stepKeys       = []string{"id", "name", "named", "short", "explanation", "corrections", "refs", "needs", "visible", "inside", "between", "frames", "deduce"}
	correctionKeys = []string{"text", "refs"}
	ruleKeys       = []string{"event", "events", "like", "at", "when", "also", "variant", "deduced", "does", "reason"}
	deductionKeys  = []string{"from", "last", "when", "at", "observed", "reason"}
	comparisonKeys = []string{"is", "not", "present", "over", "under"}
	variantKeys    = []string{"name", "doc", "frames"}
	whichKeys      = []string{"event", "events", "when"}
	textKeys       = []string{"en", "ko"}
)
