package report

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/pktjourney/pktjourney/annotate/render"
	"github.com/pktjourney/pktjourney/rules"
)

var pictures = flag.String("pictures", "", "keep pictures of the page, and what is printed of it, in this folder")

// faults gathers what goes wrong in a browser: messages on the page's console, and requests for anything but the page.
type faults struct {
	url  string
	mu   sync.Mutex
	list []string
}

// see takes an event of the browser.
func (f *faults) see(event any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		f.list = append(f.list, "log: "+e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		f.list = append(f.list, "console: "+string(e.Type))
	case *runtime.EventExceptionThrown:
		f.list = append(f.list, "exception: "+e.ExceptionDetails.Text)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, f.url) {
			f.list = append(f.list, "request: "+e.Request.URL)
		}
	}
}

// chromium is the path of the browser. testdata/install gets it on Debian; Ubuntu has only a snap of it, which
// does not run everywhere: there the tests of pages are skipped.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium here")
	return ""
}

// browser opens url in a headless Chromium.
func browser(t *testing.T, url string) (context.Context, *faults) {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.WindowSize(1280, 900))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	f := &faults{url: url}
	ctx, stop = chromedp.NewContext(ctx, chromedp.WithListener(f.see))
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS("#rows tr"))); err != nil {
		t.Fatal(err)
	}
	return ctx, f
}

// eval is what an expression of JavaScript gives.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func TestPageInChromium(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, recorded(t, "https", render.Options{Lang: rules.English}), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, faults := browser(t, "file://"+file)
	for _, c := range []struct {
		control, value string
		rows           int
		count          string
	}{
		{"step", "3.4", 1, "1 of 39 frames"},
		{"step", "", 39, "39 of 39 frames"},
		{"phase", "-1", 6, "6 of 39 frames"},
		{"phase", "", 39, "39 of 39 frames"},
		{"search", "clienthello google", 1, "1 of 39 frames"},
		{"search", "", 39, "39 of 39 frames"},
		{"host", "198.51.100.53", 4, "4 of 39 frames"},
		{"host", "nobody", 0, "No frame is like that."},
		{"host", "", 39, "39 of 39 frames"},
	} {
		eval[bool](t, ctx, `{const e = document.getElementById("`+c.control+`"); e.value = "`+c.value+`"; e.dispatchEvent(new Event("input", {bubbles: true}))}`)
		rows := eval[int](t, ctx, `document.querySelectorAll("#rows tr").length`)
		if count := eval[string](t, ctx, `document.getElementById("count").textContent`); rows != c.rows || count != c.count {
			t.Errorf("%s %q: %d rows, %q; want %d, %q", c.control, c.value, rows, count, c.rows, c.count)
		}
	}

	title := func() string { return eval[string](t, ctx, `document.getElementById("detail-title").textContent`) }
	for _, c := range []struct{ selector, title string }{
		{`svg.ladder a[href="#f15"] text.label`, "Frame 15"},
		{"#detail-lean", "Frame 13"},
	} {
		if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(c.selector)), chromedp.WaitVisible(chromedp.CSS("#detail[open]"))); err != nil {
			t.Fatal(err)
		}
		if got := title(); got != c.title {
			t.Errorf("a click on %s shows %q, want %q", c.selector, got, c.title)
		}
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#detail-close"))); err != nil {
		t.Fatal(err)
	}
	if eval[bool](t, ctx, `document.getElementById("detail").open`) {
		t.Error("the details stay open")
	}

	folded := func() int { return eval[int](t, ctx, `document.querySelectorAll("details:not([open])").length`) }
	before := folded()
	eval[bool](t, ctx, `dispatchEvent(new Event("beforeprint"))`)
	on := folded()
	eval[bool](t, ctx, `dispatchEvent(new Event("afterprint"))`)
	if after := folded(); before == 0 || on != 0 || after != before {
		t.Errorf("%d parts are folded, on paper %d, afterwards %d", before, on, after)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
	if err != nil || len(pdf) < 20000 {
		t.Errorf("a PDF of %d bytes, %v", len(pdf), err)
	}
	faults.mu.Lock()
	defer faults.mu.Unlock()
	if len(faults.list) > 0 {
		t.Errorf("in the browser: %q", faults.list)
	}
}

// Names that packets carry do nothing in a browser: nothing runs, nothing is fetched, and the page shows them as text.
func TestHostilePageInChromium(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, recorded(t, "hostile", render.Options{}), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, faults := browser(t, "file://"+file)
	for _, number := range []string{"11", "13", "42", "50"} {
		if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(`#rows a[href="#f`+number+`"]`)), chromedp.WaitVisible(chromedp.CSS("#detail[open]")), chromedp.Click(chromedp.CSS("#detail-close"))); err != nil {
			t.Fatal(err)
		}
	}
	if n := eval[int](t, ctx, `document.querySelectorAll("img, iframe, object, embed, link, body script[src]").length`); n > 0 {
		t.Errorf("%d elements that no report has", n)
	}
	if text := eval[string](t, ctx, `document.body.textContent`); !strings.Contains(text, "<script>alert(1)</script>.google.com") {
		t.Error("the names are not shown")
	}
	faults.mu.Lock()
	defer faults.mu.Unlock()
	if len(faults.list) > 0 {
		t.Errorf("in the browser: %q", faults.list)
	}
}

// checked is what axe-core found: how many of its rules hold, and what does not.
type checked struct {
	Passes int
	Faults []string
}

// axe-core finds no fault that keeps somebody from reading the page: wide and narrow, light and dark.
func TestPageIsAccessible(t *testing.T) {
	chromium(t)
	script := axeCore.file(t, "axe.min.js")
	file := filepath.Join(t.TempDir(), "report.html")
	for lang, name := range map[rules.Lang]string{rules.English: "en", rules.Korean: "ko"} {
		if err := os.WriteFile(file, recorded(t, "https", render.Options{Lang: lang}), 0o666); err != nil {
			t.Fatal(err)
		}
		ctx, _ := browser(t, "file://"+file)
		for _, width := range []int64{1280, 390} {
			for _, scheme := range []string{"light", "dark"} {
				if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), prefers(scheme)); err != nil {
					t.Fatal(err)
				}
				found, err := chromedp.Run(ctx, chromedp.Evaluate[checked](script+`; axe.run().then(r => ({
					passes: r.passes.length, faults: r.violations.map(v => v.impact + " " + v.id + " " + v.nodes[0].html)
				}))`, chromedp.EvalAwaitPromise))
				if err != nil {
					t.Fatal(err)
				}
				if found.Passes < 20 || len(found.Faults) > 0 {
					t.Errorf("%s, %d pixels, %s: %d rules hold, against %q", name, width, scheme, found.Passes, found.Faults)
				}
				if w := eval[int64](t, ctx, `document.documentElement.scrollWidth`); w > width {
					t.Errorf("%s, %d pixels, %s: the page is %d wide", name, width, scheme, w)
				}
				picture(t, ctx, fmt.Sprintf("%s-%d-%s.png", name, width, scheme), chromedp.FullScreenshot(100))
			}
		}
		picture(t, ctx, name+".pdf", chromedp.PrintToPDF())
	}
}

// picture keeps what an action gives as a file, for somebody to look at, where -pictures says so.
func picture(t *testing.T, ctx context.Context, name string, take chromedp.Action[[]byte]) {
	t.Helper()
	if *pictures == "" {
		return
	}
	b, err := chromedp.Run(ctx, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(*pictures, name), b, 0o666)
	}
	if err != nil {
		t.Error(err)
	}
}

// prefers makes the page think that somebody prefers the colour scheme.
func prefers(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media)
		return err
	})
}
