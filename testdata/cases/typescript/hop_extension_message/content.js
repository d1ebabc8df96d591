const chart = window.portal.openChart();
chrome.runtime.sendMessage({ kind: "explain", text: `Explain ${chart.diagnosis}`, page: location.href });
