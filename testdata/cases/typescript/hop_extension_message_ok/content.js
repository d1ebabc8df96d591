const chart = window.portal.openChart();
chrome.runtime.sendMessage({ kind: "explain", text: "Explain", note: chart.diagnosis });
