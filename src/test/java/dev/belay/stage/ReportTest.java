package dev.belay.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void a_report_tells_how_many_checks_held() {
        Report report = report(Check.of("The gate", 200, 200));
        report.end("");
        assertThat(report.held()).isTrue();
        assertThat(MarkdownReport.render(report)).contains("**All 1 checks held.**", "- ✓ The gate: 200");
    }

    @Test
    void a_check_that_failed_shows_what_was_expected_and_what_was_found() {
        Report report = report(Check.of("The gate", 200, 503));
        report.end("The gate");
        assertThat(report.held()).isFalse();
        assertThat(MarkdownReport.render(report)).contains("- ✗ The gate: expected 200, found 503");
        assertThat(HtmlReport.render(report)).contains("class=\"failed\"", "expected 200, found 503");
    }

    @Test
    void what_a_database_says_is_neither_html_nor_markdown() {
        Report report = report(Check.of("Said", "<b>|*", "<b>|*"));
        report.end("");
        assertThat(HtmlReport.render(report)).contains("&lt;b&gt;|*").doesNotContain("<b>|*");
        assertThat(MarkdownReport.render(report)).contains("\\<b\\>\\|\\*");
    }

    @Test
    void the_html_needs_no_other_file() {
        Report report = report(Check.of("The gate", 200, 200));
        report.end("");
        assertThat(HtmlReport.render(report)).contains("<style>").doesNotContain("http://", "https://", "src=");
    }

    private static Report report(Check check) {
        Report report = new Report("A demo");
        report.begin("A part", "What it is about.");
        report.add(new Report.Done("back-up", 1.25, "13 tables"));
        report.add(check);
        return report;
    }
}
