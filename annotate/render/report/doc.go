// Package report writes the report that is handed in: one HTML file that tells a capture's journeys, with
// figures, explanations and every frame. The file asks for nothing from anywhere: its style and its script are
// inside, and its content security policy lets nothing else in.
package report
